using System.Reflection;
using ClvOrleans.Contracts;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains;
using ClvOrleans.Storage.Sqlite;
using ClvOrleans.Training.Learning;

namespace ClvOrleans.Architecture.Tests;

/// <summary>Model &lt;- Contracts &lt;- Grains; Storage and Training know Model; only Server sees all.</summary>
public sealed class DependencyTests
{
    private static readonly Assembly Model = typeof(CustomerId).Assembly;
    private static readonly Assembly Contracts = typeof(GrainKeys).Assembly;
    private static readonly Assembly Grains = typeof(GrainServices).Assembly;
    private static readonly Assembly Storage = typeof(SqliteDatabase).Assembly;
    private static readonly Assembly Training = typeof(ModelTrainer).Assembly;

    [Fact]
    public void Each_project_knows_what_it_may_and_nothing_else()
    {
        Assert.Empty(Known(Model));
        Assert.Equal(["ClvOrleans.Model"], Known(Contracts));
        Assert.Equal(["ClvOrleans.Contracts", "ClvOrleans.Model"], Known(Grains));
        Assert.Equal(["ClvOrleans.Model"], Known(Storage));
        Assert.Equal(["ClvOrleans.Model"], Known(Training));
    }

    [Fact]
    public void The_model_does_no_input_or_output_and_knows_no_host() => Assert.DoesNotContain(
        Model.GetReferencedAssemblies(),
        a => a.Name!.StartsWith("Orleans", StringComparison.Ordinal) || a.Name.StartsWith("Microsoft.Extensions", StringComparison.Ordinal)
            || a.Name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) || a.Name is "System.Net.Http" or "System.Data.Common" or "System.Net.Sockets");

    private static IEnumerable<string> Known(Assembly assembly) => assembly.GetReferencedAssemblies()
        .Select(a => a.Name!).Where(n => n.StartsWith("ClvOrleans", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
}
