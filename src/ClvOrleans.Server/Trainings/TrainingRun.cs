using ClvOrleans.Server.Jobs;
using ClvOrleans.Valuation.Trainings;

namespace ClvOrleans.Server.Trainings;

/// <summary>A training under way: the job that it is, and its log. Safe to ask from any thread.</summary>
internal sealed class TrainingRun(int number, TrainingCause cause, Job job, TimeProvider time)
{
    private readonly Lock _lock = new();
    private TrainingRecord _record = new() { Number = number, Cause = cause, StartedAt = job.Record.StartedAt };
    private TrainingResult? _result;

    /// <summary>The job.</summary>
    public Job Job => job;

    /// <summary>How far it is.</summary>
    public TrainingRecord Record
    {
        get
        {
            lock (_lock)
            {
                return _record.Outcome == TrainingOutcome.Running ? _record with { Stage = job.Record.Stage } : _record;
            }
        }
    }

    /// <summary>Its result, once the job has ended.</summary>
    public async Task<TrainingResult> WaitAsync()
    {
        await job.Completion;
        return _result ?? new TrainingResult(Record, []);
    }

    /// <summary>Says what is done now, and how much of all is done.</summary>
    public void Enter(string stage, double progress) => job.Enter(stage, progress);

    /// <summary>Writes a line of the log.</summary>
    public void Log(string text)
    {
        lock (_lock)
        {
            _record = _record with { Log = _record.Log.Add(new LogLine(time.GetUtcNow(), text)) };
        }
    }

    /// <summary>Ends it; what it was is its record.</summary>
    public TrainingRecord End(TrainingOutcome outcome, string? champion = null)
    {
        lock (_lock)
        {
            return _record = _record with { Outcome = outcome, Stage = job.Record.Stage, Champion = champion, EndedAt = time.GetUtcNow() };
        }
    }

    /// <summary>Keeps what came of it for those who wait.</summary>
    public void Keep(TrainingResult result) => _result = result;
}
