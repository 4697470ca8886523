namespace ClvOrleans.Server.Hosting;

/// <summary>
/// Orleans' dashboard of silos and grains. Section <c>Dashboard</c> of the configuration (<c>Dashboard__Enabled</c> in the environment).
/// </summary>
internal sealed record DashboardOptions
{
    /// <summary>
    /// Whether it is there, for keys and sessions with the scope admin. Default not: it shows the state of grains, and looks at each call.
    /// </summary>
    public bool Enabled { get; set; }
}
