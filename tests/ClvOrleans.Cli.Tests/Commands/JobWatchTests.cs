using System.Net;
using System.Net.Http.Json;
using ClvOrleans.Cli.Commands;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Cli.Tests.Commands;

public sealed class JobWatchTests
{
    private const string Address = "api/v1/models/train";

    [Fact]
    public async Task An_interrupt_cancels_the_job_and_says_that_nothing_changed()
    {
        using var interrupt = new CancellationTokenSource();
        using var service = new StandIn(HttpStatusCode.OK, JobState.Cancelled, interrupt.Cancel);
        using var http = new HttpClient(service) { BaseAddress = new Uri("http://service") };
        var job = await JobWatch.RunAsync(http, Address, true, interrupt.Token);
        Assert.Equal("Cancelled; nothing changed.", Assert.Throws<CommandException>(() => JobWatch.ResultOf(job)).Message);
        Assert.Equal(["POST /api/v1/models/train", "DELETE /api/v1/jobs/training-1"], service.Asked);
    }

    [Fact]
    public async Task An_interrupt_that_comes_too_late_shows_what_came_of_it()
    {
        using var interrupt = new CancellationTokenSource();
        using var service = new StandIn(HttpStatusCode.Conflict, JobState.Succeeded, interrupt.Cancel);
        using var http = new HttpClient(service) { BaseAddress = new Uri("http://service") };
        Assert.Equal(JobState.Succeeded, (await JobWatch.RunAsync(http, Address, true, interrupt.Token)).State);
        Assert.Equal(["POST /api/v1/models/train", "DELETE /api/v1/jobs/training-1", "GET /api/v1/jobs/training-1"], service.Asked);
    }

    [Fact]
    public async Task Where_another_job_runs_the_command_says_which()
    {
        using var interrupt = new CancellationTokenSource();
        using var service = new StandIn(HttpStatusCode.OK, JobState.Cancelled, () => { }, isBusy: true);
        using var http = new HttpClient(service) { BaseAddress = new Uri("http://service") };
        var error = await Assert.ThrowsAsync<CommandException>(() => JobWatch.RunAsync(http, Address, true, interrupt.Token));
        Assert.Equal("backtest-1 is under way.", error.Message);
    }

    // Is interrupted as soon as the job has begun.
    private sealed class StandIn(HttpStatusCode cancelled, JobState end, Action interrupt, bool isBusy = false) : HttpMessageHandler
    {
        private readonly JobRecord _job = new() { Id = "training-1", Kind = JobKind.Training, StartedAt = DateTimeOffset.UnixEpoch };

        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
            if (request.Method == HttpMethod.Post)
            {
                interrupt();
                return isBusy
                    ? Task.FromResult(
                        new HttpResponseMessage(HttpStatusCode.Conflict)
                        {
                            Content = JsonContent.Create(new { detail = "backtest-1 is under way." }),
                        })
                    : ReplyAsync(HttpStatusCode.Accepted, _job);
            }

            return request.Method == HttpMethod.Delete && cancelled == HttpStatusCode.Conflict
                ? ReplyAsync(cancelled, _job)
                : ReplyAsync(
                    HttpStatusCode.OK,
                    _job with { State = end, Message = end == JobState.Cancelled ? "Cancelled; nothing changed." : null });
        }

        private static Task<HttpResponseMessage> ReplyAsync(HttpStatusCode status, JobRecord job) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = JsonContent.Create(job) });
    }
}
