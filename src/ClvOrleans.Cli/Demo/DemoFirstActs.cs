using System.Globalization;
using System.Text.Json;

namespace ClvOrleans.Cli.Demo;

/// <summary>Says when each policy of the demo has acted for the first time, for whom and why.</summary>
internal sealed class DemoFirstActs(HttpClient http)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Looks until cancelled.</summary>
    public async Task TellAsync(Action<string> say, CancellationToken done)
    {
        try
        {
            using var timer = new PeriodicTimer(Look);
            do
            {
                foreach (var line in await TryLookAsync(done))
                {
                    say(line);
                }
            }
            while (await timer.WaitForNextTickAsync(done));
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The demo ends.
        }
    }

    private async Task<IReadOnlyList<string>> TryLookAsync(CancellationToken cancellation)
    {
        try
        {
            return await LookAsync(cancellation);
        }
        catch (HttpRequestException)
        {
            return []; // The next look.
        }
    }

    // A line for each policy that has acted for the first time since the last look.
    private async Task<IReadOnlyList<string>> LookAsync(CancellationToken cancellation)
    {
        var lines = new List<string>();
        var reply = await http.GetFromJsonAsync<JsonElement>("api/v1/policies", cancellation);
        foreach (var policy in reply.GetProperty("policies").EnumerateArray())
        {
            var id = policy.GetProperty("policy").GetString()!;
            var outcome = policy.GetProperty("decisions").EnumerateArray().Select(d => d.GetProperty("outcome").GetString())
                .FirstOrDefault(o => o is "Acted" or "Shadow");
            if (outcome is null || _told.Contains(id))
            {
                continue;
            }

            var page = await http.GetFromJsonAsync<JsonElement>($"api/v1/decisions?policy={id}&outcome={outcome}&limit=1", cancellation);
            lines.AddRange(page.GetProperty("decisions").EnumerateArray().Select(d => string.Create(
                CultureInfo.InvariantCulture,
                $"{d.GetProperty("at").GetDateTimeOffset():yyyy-MM-dd HH:mm} {id}, {d.GetProperty("customer").GetString()}: "
                    + $"{d.GetProperty("sentence").GetString()}")));
            _told.Add(id);
        }

        return lines;
    }
}
