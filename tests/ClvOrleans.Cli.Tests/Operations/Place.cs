using ClvOrleans.Testing;

namespace ClvOrleans.Cli.Tests.Operations;

/// <summary>Where a store is: a folder, and on PostgreSQL a schema of its own.</summary>
internal sealed record Place(string Folder, string? Postgres)
{
    /// <summary>Options of commands that use the storage itself.</summary>
    public string[] Options => Postgres is null ? ["--data", Folder] : ["--data", Folder, "--postgres", Postgres];

    public static async Task<Place> NewAsync(bool isPostgres)
    {
        var folder = Path.Combine(ClvProcess.NewFolder(), "store");
        if (!isPostgres)
        {
            return new Place(folder, null);
        }

        var schema = $"s{Path.GetFileName(Path.GetDirectoryName(folder))!.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()}";
        var text = TestServer.ConnectionStringFor(schema);
        await TestServer.RunAsync(text, $"CREATE SCHEMA {schema}");
        return new Place(folder, text);
    }

    public async Task<RunningClv> ServeAsync() =>
        await ClvInProcess.ServeAsync(Folder, options: Postgres is null ? [] : ["--postgres", Postgres]);

    /// <summary>Runs a command on it, which must succeed.</summary>
    public async Task<string> RunAsync(params string[] command)
    {
        var (status, output, error) = await ClvInProcess.RunAsync([.. command, .. Options]);
        Assert.True(status == 0, output + error);
        return output;
    }
}
