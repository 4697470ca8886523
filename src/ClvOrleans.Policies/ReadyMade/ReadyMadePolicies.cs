using System.Collections.Immutable;
using System.Text;

namespace ClvOrleans.Policies.ReadyMade;

/// <summary>Definitions that can be read, changed and used as they are.</summary>
public static class ReadyMadePolicies
{
    private const string Ending = ".json";

    /// <summary>The definitions by name, as JSON.</summary>
    public static ImmutableSortedDictionary<string, string> All { get; } = Read();

    private static ImmutableSortedDictionary<string, string> Read()
    {
        var assembly = typeof(ReadyMadePolicies).Assembly;
        return assembly.GetManifestResourceNames().Where(n => n.EndsWith(Ending, StringComparison.Ordinal)).ToImmutableSortedDictionary(
            name => name[..^Ending.Length],
            name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
                return reader.ReadToEnd();
            },
            StringComparer.Ordinal);
    }
}
