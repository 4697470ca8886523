using System.Reflection;
using System.Text;
using ClvOrleans.Contracts;

namespace ClvOrleans.Grains.Tests.Formats;

/// <summary>What silos agree on, read from the assemblies: aliases and ids, never the names of types and members.</summary>
internal static class Contract
{
    private static readonly Type[] Types = [.. typeof(GrainKeys).Assembly.GetTypes(), .. typeof(GrainServices).Assembly.GetTypes()];

    /// <summary>All types that Orleans writes.</summary>
    public static IEnumerable<Type> Messages => Types.Where(t => t.IsDefined(typeof(GenerateSerializerAttribute), inherit: false));

    /// <summary>What a message holds: what is not computed from the rest.</summary>
    public static IEnumerable<PropertyInfo> StoredMembers(Type message) => message.GetProperties().Where(p => p.SetMethod is not null);

    /// <summary>Types of the members of messages, and of what methods of grains take and return.</summary>
    public static IEnumerable<Type> Carried => Messages.SelectMany(StoredMembers).Select(p => p.PropertyType)
        .Concat(Grains.SelectMany(g => g.GetMethods()).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)))
        .SelectMany(WithArguments).Distinct();

    private static IEnumerable<Type> Grains => Types.Where(t => t.IsInterface && t.IsAssignableTo(typeof(IGrain)));

    public static string Describe()
    {
        var text = new StringBuilder();
        foreach (var message in Messages.OrderBy(Name, StringComparer.Ordinal))
        {
            text.Append($"message {Name(message)}\n");
            foreach (var member in StoredMembers(message).OrderBy(p => p.GetCustomAttribute<IdAttribute>()?.Id))
            {
                text.Append($"  {member.GetCustomAttribute<IdAttribute>()?.Id} {Name(member.PropertyType)}\n");
            }
        }

        foreach (var grain in Grains.OrderBy(Name, StringComparer.Ordinal))
        {
            text.Append($"grain {Name(grain)}\n");
            foreach (var method in grain.GetMethods().OrderBy(Alias, StringComparer.Ordinal))
            {
                var parameters = method.GetParameters().Select(p => Name(p.ParameterType));
                text.Append($"  {Alias(method)}({string.Join(", ", parameters)}) {Name(method.ReturnType)}\n");
            }
        }

        foreach (var grain in Types.Where(t => t.IsSubclassOf(typeof(Grain))).OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            var type = grain.GetCustomAttribute<GrainTypeAttribute>()?.GetGrainType(null!, null!).ToString();
            text.Append($"grain type {type} of {string.Join(", ", grain.GetInterfaces().Where(i => Types.Contains(i)).Select(Name))}\n");
        }

        foreach (var number in Carried.Where(t => t.IsEnum).OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            var values = Enum.GetValuesAsUnderlyingType(number).Cast<int>().Select(v => $"{v} {Enum.GetName(number, v)}");
            text.Append($"enum {number.Name}: {string.Join(", ", values)}\n");
        }

        foreach (var (alias, type) in MessageValues.ByAlias.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            var members = MessageValues.Json.GetTypeInfo(type).Properties.Where(p => p.Get is not null).Select(p => p.Name);
            text.Append($"value {alias}: {string.Join(", ", members)}\n");
        }

        return text.ToString();
    }

    private static IEnumerable<Type> WithArguments(Type type) => type.GenericTypeArguments.SelectMany(WithArguments).Append(type);

    private static string? Alias(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>()?.Alias;

    private static string Name(Type type) =>
        Alias(type) ?? MessageValues.ByAlias.FirstOrDefault(v => v.Value == type).Key ?? PlainName(type);

    private static string PlainName(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GenericTypeArguments.Select(Name))}>"
        : type.Name;
}
