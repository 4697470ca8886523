using System.Net;
using System.Net.Http.Headers;

namespace ClvOrleans.Cli.Tests.Commands;

/// <summary><c>clv keys</c> by the real executable, and which key commands show to whom.</summary>
public sealed class KeysCommandTests
{
    [Fact]
    public async Task A_key_is_made_listed_renewed_and_revoked_and_a_link_is_printed()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);
        var made = await ClvInProcess.RunAsync("keys", "create", "reports", "--scope", "read", "--days", "30", "--data", folder);
        var key = made.Output.Trim();
        Assert.Matches("^clv_read_[0-9a-f]{16}_", key);
        var id = key.Split('_')[2];
        Assert.Equal($"Key {id} for reports, scope read. It is shown this once.", made.Error.Trim());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(clv, key));
        Assert.Matches($@"{id}\s+reports\s+read\s+all", await SuccessAsync("keys", "--data", folder));
        Assert.Equal(await SuccessAsync("keys", "--data", folder), await SuccessAsync("keys", "list", "--data", folder));

        var renewed = (await SuccessAsync("keys", "rotate", id, "--overlap", "1", "--data", folder)).Trim();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync(clv, key), await StatusAsync(clv, renewed)));
        Assert.Equal($"{id} is not accepted any more.", (await SuccessAsync("keys", "revoke", id, "--data", folder)).Trim());
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await StatusAsync(clv, key), await StatusAsync(clv, renewed)));
        Assert.StartsWith(
            $"{clv.Http.BaseAddress}sign-in#clv_link_", await SuccessAsync("keys", "link", "--data", folder), StringComparison.Ordinal);
        Assert.Equal("Nobody is signed in.", (await SuccessAsync("keys", "sessions", "--data", folder)).Trim());

        var wrong = await ClvInProcess.RunAsync("keys", "create", "x", "--scope", "everything", "--data", folder);
        Assert.Equal(2, wrong.ExitCode);
    }

    [Fact]
    public async Task The_owners_key_is_renewed_in_its_file_and_commands_go_on_by_the_new_one()
    {
        var folder = ClvProcess.NewFolder();
        await using var clv = await ClvInProcess.ServeAsync(folder);
        var owner = OwnerKey.Find(folder)!;
        await SuccessAsync("keys", "rotate", owner.Split('_')[2], "--overlap", "0", "--data", folder);
        Assert.NotEqual(owner, OwnerKey.Find(folder));
        await SuccessAsync("segments", "--data", folder);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(clv, owner));
    }

    [Fact]
    public async Task Another_service_is_shown_the_key_of_the_environment_and_never_the_owners_of_a_folder()
    {
        var (folder, other) = (ClvProcess.NewFolder(), ClvProcess.NewFolder());
        await using var clv = await ClvInProcess.ServeAsync(folder);
        await using var stranger = await ClvInProcess.ServeAsync(other);
        var address = clv.Http.BaseAddress!.ToString();
        var refused = await ClvInProcess.RunAsync("segments", "--urls", address, "--data", other);
        Assert.Equal(
            (1, "The service does not know you: name its data folder with --data, where the owner's key is, or set CLV_KEY to a key."),
            (refused.ExitCode, refused.Error.Trim()));
        var key = (await SuccessAsync("keys", "create", "x", "--data", folder)).Trim();
        var (status, _, error) = await ClvProcess.RunWithAsync([$"CLV_KEY={key}"], "segments", "--urls", address, "--data", other);
        Assert.True(status == 0, error);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningClv clv, string key)
    {
        using var http = new HttpClient { BaseAddress = clv.Http.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var reply = await http.GetAsync("api/v1/segments");
        return reply.StatusCode;
    }

    private static async Task<string> SuccessAsync(params string[] arguments)
    {
        var run = await ClvInProcess.RunAsync(arguments);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Output;
    }
}
