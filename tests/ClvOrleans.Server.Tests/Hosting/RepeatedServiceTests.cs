using System.Threading.Channels;
using ClvOrleans.Server.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ClvOrleans.Server.Tests.Hosting;

public sealed class RepeatedServiceTests
{
    [Fact]
    public async Task A_failure_is_logged_when_it_begins_or_changes_and_ends_nothing()
    {
        var (time, log) = (new FakeTimeProvider(), new HeldLog<RepeatedService>());
        using var service = new Scripted(time, log);
        await service.StartAsync(CancellationToken.None);
        foreach (var failure in (string?[])["disk full", "disk full", "disk gone", null, null, "disk full"])
        {
            await service.StepAsync(failure, time);
        }

        await service.StopAsync(CancellationToken.None);
        Assert.True(service.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Equal(["disk full", "disk gone", null, "disk full"], log.Lines.Select(l => l.Error?.Message));
        Assert.Equal([LogLevel.Error, LogLevel.Error, LogLevel.Warning, LogLevel.Error], log.Lines.Select(l => l.Level));
    }

    private sealed class Scripted(FakeTimeProvider time, ILogger logger) : RepeatedService(time, logger)
    {
        private readonly Channel<string?> _steps = Channel.CreateUnbounded<string?>();
        private readonly Channel<int> _waiting = Channel.CreateUnbounded<int>();
        private string? _failure;

        public async Task StepAsync(string? failure, FakeTimeProvider clock)
        {
            while (!_waiting.Reader.TryRead(out _))
            {
                clock.Advance(TimeSpan.FromSeconds(1)); // After a failure it pauses.
                await Task.Yield();
            }

            await _steps.Writer.WriteAsync(failure);
            while (!_waiting.Reader.TryPeek(out _))
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }
        }

        protected override async Task WaitAsync(CancellationToken cancellation)
        {
            await _waiting.Writer.WriteAsync(0, cancellation);
            _failure = await _steps.Reader.ReadAsync(cancellation);
        }

        protected override Task WorkAsync(CancellationToken cancellation) =>
            _failure is null ? Task.CompletedTask : throw new IOException(_failure);
    }
}
