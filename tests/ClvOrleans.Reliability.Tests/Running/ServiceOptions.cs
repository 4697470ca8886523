namespace ClvOrleans.Reliability.Tests.Running;

/// <summary>How a service is started.</summary>
internal sealed record ServiceOptions
{
    /// <summary>The address that it serves at. Default that of the loopback.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port; a free one by default.</summary>
    public int? Port { get; init; }

    /// <summary>A command that starts the service with limits or as another user, such as <c>prlimit --nofile=1024</c>.</summary>
    public IReadOnlyList<string> Through { get; init; } = [];

    /// <summary>Variables beside those of the test.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
