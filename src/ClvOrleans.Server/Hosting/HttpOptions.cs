using System.ComponentModel.DataAnnotations;
using System.Net;

namespace ClvOrleans.Server.Hosting;

/// <summary>
/// What connections may cost. Section <c>Http</c> of the configuration (<c>Http__MostConnections</c> in the environment).
/// </summary>
internal sealed record HttpOptions : IValidatableObject
{
    /// <summary>
    /// Most connections at once, 16 to 1,000,000; beyond it a new one is closed at once. Default: half of the files that the process may
    /// open, at most 10,000. More than that is refused at start, since the store needs files too.
    /// </summary>
    [Range(16, 1_000_000)]
    public int? MostConnections { get; set; }

    /// <summary>How long the headers of a request may take, 1 s to 5 min. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may be idle, 1 s to 1 h. Default 2 min: longer than a load balancer in front keeps it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Least bytes a second of a body, and of an answer that is read, after 5 s; 1 to 1,000,000. Default 240.</summary>
    [Range(1, 1_000_000)]
    public int LeastBytesPerSecond { get; set; } = 240;

    /// <summary>
    /// Networks of proxies in front, such as <c>172.30.51.0/24</c>, with commas between: what they say of a request's address and scheme is
    /// believed. Default none beside this machine.
    /// </summary>
    public string Proxies { get; set; } = "";

    /// <summary>
    /// For how long requests are served as usual after the process was asked to stop, while <c>/health/ready</c> is 503 already, so that
    /// load balancers turn to others; 0 to 2 min. Default 0: nobody is in front.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:02:00")]
    public TimeSpan Drain { get; set; }

    /// <summary>The networks of proxies. <exception cref="FormatException">One is none.</exception></summary>
    public IEnumerable<IPNetwork> ReadProxies() =>
        Proxies.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => IPNetwork.Parse(p));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Proxies.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(p => !IPNetwork.TryParse(p, out _)) is { } wrong)
        {
            yield return new ValidationResult($"'{wrong}' is not a network such as 172.30.51.0/24.", [nameof(Proxies)]);
        }
    }
}
