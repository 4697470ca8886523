using ClvOrleans.Model.Trainings;

namespace ClvOrleans.Server.Trainings;

/// <summary>A training under way: its log, and the way to end it. Safe to ask from any thread.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _cancel;
    private TrainingRecord _record;
    private bool _isKept;

    public TrainingRun(int number, TrainingCause cause, TimeProvider time, CancellationToken stopping)
    {
        (_time, _cancel) = (time, CancellationTokenSource.CreateLinkedTokenSource(stopping));
        _record = new TrainingRecord { Number = number, Cause = cause, StartedAt = time.GetUtcNow() };
    }

    /// <summary>How far it is.</summary>
    public TrainingRecord Record
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

    /// <summary>Its result, once it has ended.</summary>
    public Task<TrainingResult> Completion { get; set; } = null!;

    /// <summary>Asks it to end. False where it is too late: its result is being kept.</summary>
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

    /// <summary>Says what is done now.</summary>
    public void Enter(string stage)
    {
        lock (_lock)
        {
            _record = _record with { Stage = stage };
        }
    }

    /// <summary>Writes a line of the log.</summary>
    public void Log(string text)
    {
        lock (_lock)
        {
            _record = _record with { Log = _record.Log.Add(new LogLine(_time.GetUtcNow(), text)) };
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

    /// <summary>Ends it; what it was is its record.</summary>
    public TrainingRecord End(TrainingOutcome outcome, string? champion = null)
    {
        lock (_lock)
        {
            _isKept = true;
            return _record = _record with { Outcome = outcome, Champion = champion, EndedAt = _time.GetUtcNow() };
        }
    }

    public void Dispose() => _cancel.Dispose();
}
