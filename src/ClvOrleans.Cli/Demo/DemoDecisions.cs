using System.Globalization;
using System.Text.Json;

namespace ClvOrleans.Cli.Demo;

/// <summary>What each policy of the demo has done so far, or why it has done nothing.</summary>
internal static class DemoDecisions
{
    private const int MostLooks = 15;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Waits until the policies have looked at everybody, and says in a line each what came of it.</summary>
    public static async Task<IReadOnlyList<string>> TellAsync(HttpClient http, CancellationToken cancellation)
    {
        var (policies, before) = (Array.Empty<JsonElement>(), -1L);
        for (var looks = 0; looks < MostLooks; looks++)
        {
            var reply = await http.GetFromJsonAsync<JsonElement>("api/v1/policies", cancellation);
            policies = [.. reply.GetProperty("policies").EnumerateArray()];
            var all = policies.Sum(p => Decisions(p).Sum(d => d.Count));
            if (all > 0 && all == before)
            {
                break;
            }

            before = all;
            await Task.Delay(Look, cancellation);
        }

        return [.. policies.Select(Tell)];
    }

    private static string Tell(JsonElement policy)
    {
        var (name, decisions) = (policy.GetProperty("policy").GetString(), Decisions(policy));
        if (decisions.Length == 0)
        {
            var when = policy.GetProperty("definition").GetProperty("when");
            return $"  {name}: nothing yet, for what it waits for has happened to nobody: {when}";
        }

        var done = decisions.Where(d => d.Outcome is "Acted" or "Shadow").Sum(d => d.Count);
        var word = policy.GetProperty("mode").GetString() == "Shadow" ? "would have acted" : "acted";
        var held = decisions.Where(d => d.Outcome is "HeldOut" or "Waiting").GroupBy(d => d.Outcome, d => d.Count)
            .Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Sum():n0} {(g.Key == "HeldOut" ? "held out" : "waiting")}"));
        var most = decisions.Where(d => d.Outcome == "Suppressed").OrderByDescending(d => d.Count).Take(2)
            .Select(d => string.Create(CultureInfo.InvariantCulture, $"{d.Count:n0} not ({d.Reason})"));
        return string.Create(CultureInfo.InvariantCulture, $"  {name}: {done:n0} {word}")
            + string.Concat(held.Concat(most).Select(part => ", " + part));
    }

    private static (string? Outcome, string? Reason, long Count)[] Decisions(JsonElement policy) =>
    [
        .. policy.GetProperty("decisions").EnumerateArray().Select(d => (
            d.GetProperty("outcome").GetString(), d.GetProperty("reason").GetString(), d.GetProperty("decisions").GetInt64())),
    ];
}
