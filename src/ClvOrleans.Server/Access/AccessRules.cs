using System.Collections.Concurrent;
using System.Collections.Immutable;
using ClvOrleans.Storage.Access;
using ClvOrleans.Storage.Audit;

namespace ClvOrleans.Server.Access;

/// <summary>
/// The authorization matrix: who may use which endpoint, from <c>matrix.txt</c> and nowhere else. An endpoint that is not there is no
/// reason to guess: the service does not start.
/// </summary>
internal sealed class AccessRules
{
    private static readonly AccessRule Anyone = new("*", "*", Door.Open, default, AuditAction.Read);
    private static readonly AccessRule AnyKey = new("*", "/api", Door.Scope, Scope.Read, AuditAction.Read);
    private readonly ImmutableDictionary<(string Method, string Pattern), AccessRule> _rules;
    private readonly ConcurrentDictionary<Endpoint, AccessRule> _known = [];

    public AccessRules()
        : this(Lines())
    {
    }

    internal AccessRules(IEnumerable<string> lines)
    {
        All = [.. lines.Where(line => line.Length > 0 && line[0] != '#').Select(AccessRule.Read)];
        _rules = All.ToImmutableDictionary(r => (r.Method, r.Pattern));
    }

    /// <summary>The rules in the order of the file.</summary>
    public ImmutableArray<AccessRule> All { get; }

    /// <summary>The rule of an endpoint. Where there is none at an address, whoever may not ask learns nothing of that either.</summary>
    public AccessRule Of(Endpoint? endpoint, HttpRequest request) =>
        endpoint is RouteEndpoint found ? _known.GetOrAdd(found, _ => _rules[KeysOf(found).First()])
        : request.Path.StartsWithSegments("/api") ? AnyKey
        : Anyone;

    /// <summary>Refuses endpoints without a rule, and rules without an endpoint.</summary>
    /// <param name="endpoints">The endpoints that there are.</param>
    /// <param name="leftOut">What the addresses begin with that this process does not serve; null where it serves all.</param>
    /// <exception cref="InvalidOperationException">There are some; the message names them.</exception>
    public void Check(IEnumerable<Endpoint> endpoints, string? leftOut = null)
    {
        var there = endpoints.OfType<RouteEndpoint>().SelectMany(KeysOf).ToHashSet();
        var wrong = there.Where(key => !_rules.ContainsKey(key)).Select(key => $"{key.Method} {key.Pattern} has no line")
            .Concat(_rules.Keys.Where(key => !there.Contains(key) && !IsLeftOut(key.Pattern))
                .Select(key => $"{key.Method} {key.Pattern} is no endpoint"))
            .Order(StringComparer.Ordinal).ToArray();
        if (wrong.Length > 0)
        {
            throw new InvalidOperationException($"Access/matrix.txt is not that of this service: {string.Join("; ", wrong)}.");
        }

        bool IsLeftOut(string pattern) => leftOut is not null && new PathString(pattern).StartsWithSegments(leftOut);
    }

    private static IEnumerable<(string Method, string Pattern)> KeysOf(RouteEndpoint endpoint)
    {
        var pattern = '/' + (endpoint.RoutePattern.RawText ?? "").Trim('/');
        return (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method => (method, pattern));
    }

    private static string[] Lines()
    {
        using var file = new StreamReader(typeof(AccessRules).Assembly.GetManifestResourceStream("matrix.txt")!);
        return file.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
    }
}
