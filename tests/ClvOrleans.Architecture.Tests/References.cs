using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using Assembly = System.Reflection.Assembly;

namespace ClvOrleans.Architecture.Tests;

/// <summary>Which namespace refers to which, as the compiled assemblies of this repository say it.</summary>
internal static class References
{
    /// <summary>The executable, which sees all, and the own assemblies beneath it; by name without <c>ClvOrleans.</c></summary>
    public static IReadOnlyDictionary<string, Assembly> Assemblies { get; } = Beneath(Assembly.Load("clv"));

    /// <summary>Namespaces of the repository.</summary>
    public static IReadOnlyList<string> OwnNamespaces { get; } =
    [
        .. Assemblies.Values.SelectMany(a => a.GetTypes()).Select(t => t.Namespace ?? "").Distinct()
            .Where(n => n.StartsWith("ClvOrleans.", StringComparison.Ordinal)),
    ];

    /// <summary>Namespaces of the repository that refer to others, each with the types.</summary>
    public static IReadOnlyList<(string From, string To, string Types)> Namespaces { get; } = Read();

    /// <summary>The own assemblies to which one refers.</summary>
    public static IEnumerable<string> KnownTo(Assembly assembly) => assembly.GetReferencedAssemblies()
        .Select(a => a.Name!).Where(n => n.StartsWith("ClvOrleans.", StringComparison.Ordinal)).Select(Short).Order(StringComparer.Ordinal);

    private static Dictionary<string, Assembly> Beneath(Assembly top)
    {
        var found = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        var ahead = new Queue<Assembly>([top]);
        while (ahead.TryDequeue(out var assembly))
        {
            if (found.TryAdd(Short(assembly.GetName().Name!), assembly))
            {
                foreach (var known in KnownTo(assembly))
                {
                    ahead.Enqueue(Assembly.Load($"ClvOrleans.{known}"));
                }
            }
        }

        return found;
    }

    // Type parameters are left out, of which the reader mixes up those of one name; and contexts of JSON, which name all that they write,
    // while what is written asks for them.
    private static List<(string From, string To, string Types)> Read() =>
    [
        .. from type in new ArchLoader().LoadAssemblies([.. Assemblies.Values]).Build().Types
           where IsOwn(type) && !type.Name.EndsWith("Json", StringComparison.Ordinal)
           from target in type.GetTypeDependencies()
           where IsOwn(target) && target.Namespace.FullName != type.Namespace.FullName
           select (type.Namespace.FullName, target.Namespace.FullName, $"{type.Name} -> {target.Name}"),
    ];

    private static bool IsOwn(IType type) =>
        type is not GenericParameter && type.Namespace?.FullName.StartsWith("ClvOrleans.", StringComparison.Ordinal) == true;

    private static string Short(string assembly) => assembly.Replace("ClvOrleans.", "", StringComparison.Ordinal);
}
