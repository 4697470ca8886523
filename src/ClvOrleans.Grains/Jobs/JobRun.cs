using System.Collections.Immutable;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Jobs;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Grains.Jobs;

/// <summary>A job under way on this silo: how far it is, and the ways to end it. Safe to ask from any thread.</summary>
public sealed class JobRun : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly TimeProvider _time;
    private readonly Func<JobRun, Task<bool>> _isWriter;
    private JobRecord _record;
    private ImmutableArray<LogLine> _log = [];
    private bool _isKept;
    private volatile bool _isLeft;

    /// <summary>A job that begins, or is ended before it begins where it was cancelled.</summary>
    /// <param name="store">The store.</param>
    /// <param name="record">What was asked for.</param>
    /// <param name="time">The clock.</param>
    /// <param name="isWriter">Whether this silo is still the one whose job it is.</param>
    public JobRun(StoreId store, JobRecord record, TimeProvider time, Func<JobRun, Task<bool>> isWriter)
    {
        (Store, _record, _time, _isWriter) = (store, record, time, isWriter);
        if (record.CancelledAt is not null)
        {
            _ending.Cancel();
        }
    }

    /// <summary>The store.</summary>
    public StoreId Store { get; }

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

    /// <summary>What it has said.</summary>
    public ImmutableArray<LogLine> Lines
    {
        get
        {
            lock (_lock)
            {
                return _log;
            }
        }
    }

    /// <summary>Set when someone has cancelled it, or this silo has to leave it.</summary>
    public CancellationToken Cancellation => _ending.Token;

    /// <summary>Whether this silo has to leave it: it stops, or another has taken the job. Nothing of it may be kept.</summary>
    public bool IsLeft => _isLeft;

    /// <summary>Whether someone has cancelled it.</summary>
    public bool IsCancelled => Record.CancelledAt is not null && !IsLeft;

    /// <summary>What was asked for.</summary>
    public T RequestAs<T>() => JobJson.Read<T>(Record.Request!.Value);

    /// <summary>Asks it to end. False where it is too late: it has ended, or its result is being kept.</summary>
    public bool TryCancel()
    {
        lock (_lock)
        {
            if (_isKept)
            {
                return false;
            }

            _record = _record with { CancelledAt = _record.CancelledAt ?? _time.GetUtcNow() };
        }

        _ = _ending.CancelAsync(); // Not Cancel: what it ends would run here.
        return true;
    }

    /// <summary>Has this silo leave it to another. What is being kept is kept.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            if (_isKept || _isLeft)
            {
                return;
            }

            _isLeft = true;
        }

        _ = _ending.CancelAsync();
    }

    /// <summary>Says what is done now, and how much of all is done; the latter never goes back.</summary>
    public void Enter(string stage, double progress = 0)
    {
        lock (_lock)
        {
            _record = _record with { Stage = stage, Progress = Math.Clamp(progress, _record.Progress, 1) };
        }
    }

    /// <summary>Says how many lines of a file are accounted for; that never goes back.</summary>
    public void Count(long lines)
    {
        lock (_lock)
        {
            _record = _record with { Lines = Math.Max(lines, _record.Lines ?? 0) };
        }
    }

    /// <summary>Writes a line of the log.</summary>
    public void Log(string text)
    {
        lock (_lock)
        {
            _log = _log.Add(new LogLine(_time.GetUtcNow(), text));
        }
    }

    /// <summary>From here on it cannot be cancelled.</summary>
    /// <exception cref="OperationCanceledException">It has been, or it is the job of another silo by now.</exception>
    public async Task KeepAsync()
    {
        if (!await _isWriter(this))
        {
            Leave();
        }

        lock (_lock)
        {
            _ending.Token.ThrowIfCancellationRequested();
            _isKept = true;
        }
    }

    /// <summary>Ends it, so that it cannot be cancelled. Others see that it runs until <see cref="Publish"/>.</summary>
    internal JobRecord End(JobOutcome outcome)
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
                EndedAt = _time.GetUtcNow(),
            };
        }
    }

    /// <summary>Shows its end, once that is kept: whoever sees it finds the result wherever it is looked for.</summary>
    internal void Publish(JobRecord ended)
    {
        lock (_lock)
        {
            _record = ended;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _ending.Dispose();
}
