namespace ClvOrleans.Cli.Demo;

/// <summary>What the demo does with its values.</summary>
/// <param name="Live">Policies that act.</param>
/// <param name="Shadow">Policies that look on.</param>
/// <param name="Experiments">Whether its experiment runs: a store of a few customers can find no effect.</param>
internal sealed record DemoActs(int Live, int Shadow, bool Experiments)
{
    /// <summary>Begins what has not begun in an earlier run.</summary>
    public static async Task<DemoActs> BeginAsync(HttpClient http, CancellationToken cancellation)
    {
        var (live, shadow) = await DemoPolicies.PutAsync(http, cancellation);
        return new DemoActs(live, shadow, await DemoExperiment.StartAsync(http, cancellation));
    }
}
