using System.Reflection;
using ClvOrleans.Grains;

namespace ClvOrleans.Architecture.Tests;

/// <summary>The AdoNet provider's key holds the name of a state, but not the type of its grain.</summary>
public sealed class GrainStateTests
{
    [Fact]
    public void Every_state_has_a_name_of_its_own()
    {
        var names = typeof(GrainServices).Assembly.GetTypes()
            .SelectMany(t => t.GetConstructors())
            .SelectMany(c => c.GetParameters())
            .Select(p => p.GetCustomAttribute<PersistentStateAttribute>()?.StateName)
            .OfType<string>()
            .ToList();

        Assert.NotEmpty(names);
        Assert.Equal(names.Distinct(StringComparer.OrdinalIgnoreCase), names);
    }

    [Fact]
    public void Every_grain_interface_and_method_has_an_alias_so_that_renaming_breaks_no_rolling_upgrade()
    {
        var interfaces = typeof(Contracts.GrainKeys).Assembly.GetTypes().Where(t => t.IsInterface && t.IsAssignableTo(typeof(IGrain))).ToList();
        Assert.NotEmpty(interfaces);
        Assert.All(interfaces, i => Assert.NotNull(i.GetCustomAttribute<AliasAttribute>()));
        Assert.All(interfaces.SelectMany(i => i.GetMethods()), m => Assert.True(m.IsDefined(typeof(AliasAttribute)), $"{m.DeclaringType!.Name}.{m.Name}"));
    }
}
