using ClvOrleans.Policies.Experiments;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;
using ClvOrleans.Statistics.Experiments;
using ClvOrleans.Storage.Experiments;

namespace ClvOrleans.Server.Api;

/// <summary>What may be changed of an experiment.</summary>
internal sealed class ExperimentChanges(OneStore store, IExperiments experiments, TimeProvider time)
{
    private const int MostAttempts = 5;

    public static IResult Unknown(string id) => ApiErrors.Problem(404, "unknown_experiment", $"There is no experiment '{id}'.");

    /// <summary>A draft begins to expose; one that runs stays as it is.</summary>
    public static ExperimentRecord? Start(ExperimentRecord record, DateTimeOffset now) => record.State switch
    {
        ExperimentState.Draft => record with { State = ExperimentState.Running, StartedAt = now },
        ExperimentState.Running => record,
        _ => null,
    };

    /// <summary>One that runs exposes nobody any more; one that was stopped stays as it is.</summary>
    public static ExperimentRecord? Stop(ExperimentRecord record, DateTimeOffset now) => record.State switch
    {
        ExperimentState.Running => record with { State = ExperimentState.Stopped, StoppedAt = now },
        ExperimentState.Stopped => record,
        _ => null,
    };

    /// <summary>Other shares for the same arms of one that is not stopped.</summary>
    /// <exception cref="FormatException">The arms are others, or a mistake is found.</exception>
    public static ExperimentRecord? Split(ExperimentRecord record, IReadOnlyList<ArmShare> arms)
    {
        var shares = arms.ToDictionary(a => a.Arm ?? "", a => a.Share, StringComparer.Ordinal);
        if (shares.Count != record.Definition.Arms.Length || !record.Definition.Arms.All(a => shares.ContainsKey(a.Arm)))
        {
            throw new FormatException($"arms: give {string.Join(", ", record.Definition.Arms.Select(a => a.Arm))}, each once.");
        }

        var definition = record.Definition with
        {
            Arms = [.. record.Definition.Arms.Select(a => a with { Share = shares[a.Arm] })],
        };
        return ExperimentCheck.Find(definition) is [var mistake, ..] ? throw new FormatException(mistake)
            : record.State == ExperimentState.Stopped ? null
            : record with
            {
                Definition = definition,
                Splits = record.State == ExperimentState.Draft
                    ? [Allocation.Of(definition.Arms).Ranges]
                    : record.Splits.Add(record.Allocation.Change(definition.Arms).Ranges),
            };
    }

    /// <summary>Changes an experiment as it is now, whoever else does so at the same time.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="change">The change; null where the state does not allow it.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<(ExperimentRecord? Record, IResult? Problem)> ChangeAsync(
        string id, Func<ExperimentRecord, DateTimeOffset, ExperimentRecord?> change, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (!ExperimentId.IsValid(id)
                || await experiments.FindAsync(store.Settings.Id, new ExperimentId(id), cancellation) is not { } now)
            {
                return (null, Unknown(id));
            }

            if (change(now, time.GetUtcNow()) is not { } changed)
            {
                return (null, ApiErrors.Problem(
                    StatusCodes.Status409Conflict, "wrong_state",
                    $"Experiment '{id}' is {now.State.ToString().ToLowerInvariant()}: a draft is started once, and one that runs is "
                        + "stopped once."));
            }

            if (ReferenceEquals(changed, now))
            {
                return (now, null);
            }

            changed = changed with { Revision = now.Revision + 1 };
            if (await experiments.TryPutAsync(store.Settings.Id, changed, cancellation))
            {
                return (changed, null);
            }

            if (attempt == MostAttempts)
            {
                throw new OverloadedException($"Experiment '{id}' is being changed by many; send again.");
            }
        }
    }
}
