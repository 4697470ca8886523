using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Server.Jobs;

/// <summary>A job under way: how far it is, and the way to end it. Safe to ask from any thread.</summary>
internal sealed class Job : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _cancel;
    private JobRecord _record;
    private bool _isKept;

    public Job(JobRecord begun, CancellationToken stopping) =>
        (_record, _cancel) = (begun, CancellationTokenSource.CreateLinkedTokenSource(stopping));

    /// <summary>Its number, as its id says it.</summary>
    public required int Number { get; init; }

    /// <summary>How far it is.</summary>
    public JobRecord Record
    {
        get
        {
            lock (_lock)
            {
                return _record;
            }
        }
    }

    /// <summary>Set when someone has cancelled it, or the service stops.</summary>
    public CancellationToken Cancellation => _cancel.Token;

    /// <summary>Its record, once it has ended. It never fails.</summary>
    public Task<JobRecord> Completion { get; set; } = null!;

    /// <summary>Asks it to end. False where it is too late: it has ended, or its result is being kept.</summary>
    public bool TryCancel()
    {
        lock (_lock)
        {
            if (_isKept)
            {
                return false;
            }

            _ = _cancel.CancelAsync(); // Not Cancel: what it ends would run here, within the lock.
            return true;
        }
    }

    /// <summary>Says what is done now, and how much of all is done; the latter never goes back.</summary>
    public void Enter(string stage, double progress = 0)
    {
        lock (_lock)
        {
            _record = _record with { Stage = stage, Progress = Math.Clamp(progress, _record.Progress, 1) };
        }
    }

    /// <summary>From here on it cannot be cancelled. <exception cref="OperationCanceledException">It has been.</exception></summary>
    public void Keep()
    {
        lock (_lock)
        {
            _cancel.Token.ThrowIfCancellationRequested();
            _isKept = true;
        }
    }

    /// <summary>Ends it, so that it cannot be cancelled. Others see that it runs until <see cref="Publish"/>.</summary>
    public JobRecord End(JobOutcome outcome, DateTimeOffset at)
    {
        lock (_lock)
        {
            _isKept = true;
            return _record with
            {
                State = outcome.State,
                Message = outcome.Message,
                Result = outcome.Result,
                Progress = outcome.State == JobState.Succeeded ? 1 : _record.Progress,
                EndedAt = at,
            };
        }
    }

    /// <summary>Shows its end, once that is kept: whoever sees it finds the result wherever it is looked for.</summary>
    public void Publish(JobRecord ended)
    {
        lock (_lock)
        {
            _record = ended;
        }
    }

    public void Dispose() => _cancel.Dispose();
}
