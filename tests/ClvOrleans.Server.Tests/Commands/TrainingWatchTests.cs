using System.Net;
using ClvOrleans.Server.Commands;

namespace ClvOrleans.Server.Tests.Commands;

public sealed class TrainingWatchTests
{
    private const string Address = "api/models/train";

    [Fact]
    public async Task An_interrupt_cancels_the_training_and_says_that_nothing_changed()
    {
        using var interrupt = new CancellationTokenSource();
        using var service = new StandIn(HttpStatusCode.Conflict, interrupt.Cancel);
        using var http = new HttpClient(service) { BaseAddress = new Uri("http://service") };
        var error = await Assert.ThrowsAsync<CommandException>(() => TrainingWatch.TrainAsync(http, Address, true, interrupt.Token));
        Assert.Equal("Cancelled; nothing changed.", error.Message);
        Assert.Equal(["POST /api/models/train", "DELETE /api/models/training"], service.Asked);
    }

    [Fact]
    public async Task An_interrupt_that_comes_too_late_shows_what_was_trained()
    {
        using var interrupt = new CancellationTokenSource();
        using var service = new StandIn(HttpStatusCode.OK, interrupt.Cancel);
        using var http = new HttpClient(service) { BaseAddress = new Uri("http://service") };
        using var reply = await TrainingWatch.TrainAsync(http, Address, true, interrupt.Token);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
    }

    // Is interrupted while it trains, and answers the training once it is asked to cancel it.
    private sealed class StandIn(HttpStatusCode answer, Action interrupt) : HttpMessageHandler
    {
        private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
            if (request.Method == HttpMethod.Delete)
            {
                _cancelled.SetResult();
                return new HttpResponseMessage(HttpStatusCode.OK);
            }

            interrupt();
            await _cancelled.Task;
            return new HttpResponseMessage(answer);
        }
    }
}
