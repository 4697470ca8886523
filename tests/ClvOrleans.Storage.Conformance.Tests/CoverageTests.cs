using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using ClvOrleans.Storage.Conformance.Faulty;
using ClvOrleans.Storage.Conformance.Journal;

namespace ClvOrleans.Storage.Conformance.Tests;

/// <summary>No method of a port is left out of the suite, and no class of the suite is left out by an engine.</summary>
public sealed class CoverageTests
{
    public static TheoryData<Type, string> Methods => PortCalls.All;

    // An overload is a member of its own: as many must be called as there are.
    [Theory]
    [MemberData(nameof(Methods))]
    public void The_suite_calls_every_method_of_every_port(Type port, string method)
    {
        var name = port.GetMethods().Single(m => m.ToString() == method).Name;
        Assert.Equal(port.GetMethods().Count(m => m.Name == name), Called().Count(c => c == (port.Name, name)));
    }

    [Fact]
    public void The_in_memory_engine_runs_every_class_of_the_suite() => Assert.Equal(
        Suite.Classes.Order(StringComparer.Ordinal), Suite.RunBy(typeof(InMemoryConformance)).Order(StringComparer.Ordinal));

    private static IEnumerable<(string Port, string Method)> Called()
    {
        using var file = new PEReader(File.OpenRead(typeof(JournalTests<>).Assembly.Location));
        var metadata = file.GetMetadataReader();
        return
        [
            .. metadata.MemberReferences.Select(metadata.GetMemberReference)
                .Where(m => m.Parent.Kind == HandleKind.TypeReference)
                .Select(
                    m => (metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)m.Parent).Name), metadata.GetString(m.Name))),
        ];
    }
}
