using ClvOrleans.Server.Access;

namespace ClvOrleans.Server.Tests.Access;

/// <summary>The documentation says what the matrix says.</summary>
public sealed class SecurityDocumentTests
{
    private const string Begin = "<!-- matrix -->\n";
    private const string End = "<!-- end -->";

    [Fact]
    public void The_table_of_the_documentation_is_made_from_the_matrix()
    {
        var text = File.ReadAllText(Path.Combine(SharedData.Root(), "docs", "security.md"));
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var table = MatrixTable.Write(new AccessRules().All);

        // What the document should be, for whoever changed the matrix.
        File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "security.md.now"), text[..begin] + table + text[end..]);
        Assert.Equal(table, text[begin..end]);
    }
}
