using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace ClvOrleans.Server.Hosting;

/// <summary>The sections of the environment that options are read from, and what is wrong in them.</summary>
internal static class OptionSections
{
    /// <summary>Options of a section, such as <c>Shards__Page</c> of <c>Shards</c>.</summary>
    public static IServiceCollection AddSection<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.AddOptions<T>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton(new OptionSection(section, typeof(T)));
    }

    /// <summary>Every mistake of every section, each in a sentence that begins with the variable's name.</summary>
    public static IEnumerable<string> FindMistakes(IServiceCollection services, IConfiguration configuration) =>
        services.Select(s => s.ImplementationInstance).OfType<OptionSection>().DistinctBy(s => s.Name)
            .SelectMany(s => FindMistakes(s, configuration.GetSection(s.Name)));

    private static IEnumerable<string> FindMistakes(OptionSection section, IConfigurationSection given)
    {
        var (options, mistaken) = (Activator.CreateInstance(section.Type)!, new HashSet<string>(StringComparer.Ordinal));
        foreach (var value in given.GetChildren())
        {
            var name = $"{section.Name}__{value.Key}";
            if (section.Type.GetProperty(
                value.Key, BindingFlags.Instance | BindingFlags.Public | BindingFlags.IgnoreCase) is not { } property)
            {
                var known = string.Join(", ", section.Type.GetProperties().Where(p => p.CanWrite).Select(p => p.Name).Order());
                yield return $"{name}: there is no such option; {section.Name} has {known}.";
            }
            else if (TryRead(value, property, options) is { } error)
            {
                mistaken.Add(property.Name);
                yield return $"{section.Name}__{property.Name}: {error}";
            }
        }

        var results = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
        foreach (var result in results.Where(r => !r.MemberNames.Any(mistaken.Contains)))
        {
            var member = result.MemberNames.FirstOrDefault();
            yield return $"{section.Name}{(member is null ? "" : $"__{member}")}: {result.ErrorMessage}";
        }
    }

    // What the value is read into; a sentence where it cannot be.
    private static string? TryRead(IConfigurationSection value, PropertyInfo property, object options)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        try
        {
            property.SetValue(options, TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value.Value!));
            return null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            return $"'{value.Value}' is not {What(type)}.";
        }
    }

    private static string What(Type type) =>
        type == typeof(TimeSpan) ? "a duration such as 00:00:10 or 1.00:00:00"
        : type == typeof(bool) ? "true or false"
        : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type))}"
        : type == typeof(TimeOnly) ? "a time such as 03:00"
        : type == typeof(double) ? "a number"
        : "a whole number";

    private sealed record OptionSection(string Name, Type Type);
}
