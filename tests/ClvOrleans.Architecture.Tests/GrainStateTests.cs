using System.Reflection;
using ClvOrleans.Grains;

namespace ClvOrleans.Architecture.Tests;

/// <summary>What grains and their interfaces have to be, so that neither storage nor an upgrade can stop them.</summary>
public sealed class GrainStateTests
{
    [Fact]
    public void No_grain_takes_its_state_by_attribute_since_one_that_cannot_be_read_would_keep_the_grain_from_starting() =>
        Assert.DoesNotContain(
            typeof(GrainServices).Assembly.GetTypes().SelectMany(t => t.GetConstructors()).SelectMany(c => c.GetParameters()),
            p => p.IsDefined(typeof(PersistentStateAttribute)));

    [Fact]
    public void Every_grain_interface_and_method_has_an_alias_so_that_renaming_breaks_no_rolling_upgrade()
    {
        var interfaces = typeof(Contracts.GrainKeys).Assembly.GetTypes().Where(t => t.IsInterface && t.IsAssignableTo(typeof(IGrain)))
            .ToList();
        Assert.NotEmpty(interfaces);
        Assert.All(interfaces, i => Assert.NotNull(i.GetCustomAttribute<AliasAttribute>()));
        Assert.All(
            interfaces.SelectMany(i => i.GetMethods()),
            m => Assert.True(m.IsDefined(typeof(AliasAttribute)), $"{m.DeclaringType!.Name}.{m.Name}"));
    }
}
