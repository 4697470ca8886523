using System.Text.Json;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Storage.Conformance.Properties;

/// <summary>Operations on few jobs of one lane, by its writer and by those that it was taken from.</summary>
/// <param name="random">Draws them.</param>
internal sealed class RandomJobs(Random random)
{
    // The contract orders the numbers of writers and does not say which they are.
    private readonly Dictionary<Ports, List<long>> _writers = [];

    public Operation Next() => random.Next(4) == 0
        ? Operation.Of("take the lane", async ports => WritersOf(ports).Add(await ports.Jobs.TakeAsync(Sample.Shop, JobLane.Models)))
        : Put();

    private Operation Put()
    {
        JobRecord[] jobs = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Job())];
        var late = random.Next(4) == 0 ? 2 : 1;
        return Operation.Of($"put {string.Join(", ", jobs.Select(j => $"{j.Id} {j.State}"))} as the last writer but {late - 1}", ports =>
        {
            var writer = WritersOf(ports) is var all && all.Count >= late ? all[^late] : 0;
            return ports.Jobs.TryPutAsync(Sample.Shop, JobLane.Models, writer, jobs);
        });
    }

    private JobRecord Job() => Sample.Job(JobKind.Drift, random.Next(12), (JobState)random.Next(6)) with
    {
        Subject = "a",
        Result = random.Next(2) == 0 ? JsonDocument.Parse($"{random.Next(9)}").RootElement.Clone() : null,
    };

    private List<long> WritersOf(Ports ports)
    {
        if (!_writers.TryGetValue(ports, out var writers))
        {
            _writers[ports] = writers = [];
        }

        return writers;
    }
}
