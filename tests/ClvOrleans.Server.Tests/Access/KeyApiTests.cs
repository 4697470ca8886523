using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ClvOrleans.Server.Tests.Access;

/// <summary>Keys from their making to their end.</summary>
public sealed class KeyApiTests(KeyFixture fixture) : IClassFixture<KeyFixture>
{
    [Fact]
    public async Task A_key_is_shown_once_and_neither_listed_nor_kept()
    {
        var (id, key) = await fixture.MakeAsync("read", "reports", days: 30);
        Assert.Matches("^clv_read_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$", key);
        var list = await fixture.Clv.Http.GetStringAsync("api/v1/keys");
        Assert.Contains(id, list, StringComparison.Ordinal);
        Assert.DoesNotContain(key, list, StringComparison.Ordinal);
        var listed = JsonElement.Parse(list).GetProperty("keys").EnumerateArray().Single(k => k.GetProperty("id").GetString() == id);
        Assert.Equal(("reports", "read"), (listed.GetProperty("name").GetString(), listed.GetProperty("scope").GetString()));
        Assert.Equal(
            TimeSpan.FromDays(30),
            listed.GetProperty("expiresAt").GetDateTimeOffset() - listed.GetProperty("createdAt").GetDateTimeOffset());
        Assert.False(listed.TryGetProperty("key", out _));
        foreach (var file in Directory.EnumerateFiles(fixture.Folder, "clv.db*"))
        {
            Assert.DoesNotContain(key.Split('_', 4)[3], await ReadAsync(file), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_revoked_key_is_refused_by_the_next_request_though_the_last_was_answered()
    {
        var (id, key) = await fixture.MakeAsync("read");
        using var http = fixture.With(key);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(http));
        }

        using var revoked = await fixture.Clv.Http.DeleteAsync($"api/v1/keys/{id}");
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(http));
        using var again = await fixture.Clv.Http.DeleteAsync($"api/v1/keys/{id}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task A_renewed_key_and_the_one_before_overlap()
    {
        var (id, old) = await fixture.MakeAsync("act", "erp");
        var renewed = await RotateAsync(id, 1);
        Assert.Equal(("erp", "act"), (renewed.GetProperty("name").GetString(), renewed.GetProperty("scope").GetString()));
        using var before = fixture.With(old);
        using var after = fixture.With(renewed.GetProperty("key").GetString()!);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await StatusAsync(before), await StatusAsync(after)));

        var last = await RotateAsync(renewed.GetProperty("id").GetString()!, 0);
        using var now = fixture.With(last.GetProperty("key").GetString()!);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await StatusAsync(after), await StatusAsync(now)));
        using var ended = await fixture.Clv.Http.PostAsync($"api/v1/keys/{renewed.GetProperty("id").GetString()}/rotate", null);
        Assert.Equal(HttpStatusCode.Conflict, ended.StatusCode);
    }

    [Theory]
    [InlineData("""{"scope":"read"}""", "name must have")]
    [InlineData("""{"name":"x","scope":"owner"}""", "scope must be write, read, act or admin")]
    [InlineData("""{"name":"x","scope":"read","store":"A B"}""", "store: ")]
    [InlineData("""{"name":"x","scope":"read","expiresInDays":0}""", "expiresInDays must be")]
    [InlineData("""{"name":"x","scope":"read","id":"0000000000000000"}""", "id is unknown")]
    [InlineData("""{"name":"x","scope":"read","hash":"AA==","kind":"Session"}""", "hash is unknown")]
    [InlineData("[]", "An object")]
    public async Task What_a_key_cannot_be_is_said_and_nothing_else_of_it_can_be_set(string body, string why)
    {
        using var reply = await fixture.Clv.Http.PostAsync("api/v1/keys", new StringContent(body));
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.StartsWith(
            why, (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_of_a_store_opens_that_store_and_makes_sees_and_ends_its_keys_only()
    {
        using (var early = await fixture.Clv.Http.PostAsJsonAsync("api/v1/keys", new { name = "x", scope = "read", store = "other" }))
        {
            Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);
        }

        using (var opened = await fixture.Clv.Http.PostAsJsonAsync("api/v1/stores", new { id = "other" }))
        {
            opened.EnsureSuccessStatusCode();
        }

        var (_, own) = await fixture.MakeAsync("admin", store: "shop");
        var (_, other) = await fixture.MakeAsync("admin", store: "other");
        var (installation, _) = await fixture.MakeAsync("read");
        using var shop = fixture.With(own);
        using var elsewhere = fixture.With(other);
        using var both = fixture.With((await fixture.MakeAsync("read")).Key);
        Assert.Equal(
            (HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.BadRequest),
            (await StatusAsync(shop), await StatusAsync(elsewhere), await StatusAsync(both)));
        foreach (var (caller, expected) in new[] { (elsewhere, HttpStatusCode.Forbidden), (both, HttpStatusCode.OK) })
        {
            caller.DefaultRequestHeaders.Add("Clv-Store", "shop");
            Assert.Equal(expected, await StatusAsync(caller));
        }

        elsewhere.DefaultRequestHeaders.Remove("Clv-Store");
        foreach (var address in new[] { "api/v1/stores", "api/v1/keys", "api/v1/audit" })
        {
            Assert.DoesNotContain("\"shop\"", await elsewhere.GetStringAsync(address), StringComparison.Ordinal);
        }

        using (var hidden = await elsewhere.GetAsync("api/v1/stores/shop"))
        {
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }

        var listed = (await shop.GetFromJsonAsync<JsonElement>("api/v1/keys")).GetProperty("keys").EnumerateArray();
        Assert.All(listed, k => Assert.Equal("shop", k.GetProperty("store").GetString()));
        using var ended = await shop.DeleteAsync($"api/v1/keys/{installation}");
        Assert.Equal(HttpStatusCode.NotFound, ended.StatusCode);
        using var made = await shop.PostAsJsonAsync("api/v1/keys", new { name = "x", scope = "admin" });
        Assert.Equal("shop", (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("store").GetString());
        using var refused = await shop.PostAsJsonAsync("api/v1/keys", new { name = "x", scope = "admin", store = "other" });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        // The other tests know one store.
        using var closed = await elsewhere.PostAsync("api/v1/stores/other/close", null);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Gone), (closed.StatusCode, await StatusAsync(elsewhere)));
    }

    [Fact]
    public async Task The_owners_key_is_for_its_user_alone_and_one_that_is_lost_is_made_anew()
    {
        var folder = ClvProcess.NewFolder();
        var path = Path.Combine(folder, "owner.key");
        string first;
        await using (var clv = await ClvInProcess.ServeAsync(folder))
        {
            first = await File.ReadAllTextAsync(path);
            Assert.StartsWith("Authorization: Bearer clv_admin_", first, StringComparison.Ordinal);
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }

            await clv.StopAsync();
        }

        await using (var again = await ClvInProcess.ServeAsync(folder))
        {
            Assert.Equal(first, await File.ReadAllTextAsync(path));
            await again.StopAsync();
        }

        File.Delete(path);
        await using var last = await ClvInProcess.ServeAsync(folder);
        Assert.NotEqual(first, await File.ReadAllTextAsync(path));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(last.Http));
    }

    [Fact]
    public async Task A_configured_owners_key_is_the_only_one_and_none_is_written()
    {
        var (folder, key) = (ClvProcess.NewFolder(), new string('k', 40));
        await using var clv = await ClvInProcess.ServeWithAsync([$"Access__OwnerKey={key}"], folder);
        Assert.False(File.Exists(Path.Combine(folder, "owner.key")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(clv.Http));
        clv.Http.DefaultRequestHeaders.Add("Authorization", $"Bearer {key}");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(clv.Http));
    }

    [Fact]
    public async Task The_last_use_is_noted_to_the_hour()
    {
        var (id, key) = await fixture.MakeAsync("read");
        using var http = fixture.With(key);
        var before = DateTimeOffset.UtcNow;
        await StatusAsync(http);
        while (await UsedAsync(id) is null)
        {
            await Pause.ShortAsync();
        }

        Assert.InRange((await UsedAsync(id))!.Value, before.AddSeconds(-1), DateTimeOffset.UtcNow.AddSeconds(1));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http)
    {
        using var reply = await http.GetAsync("api/v1/segments");
        return reply.StatusCode;
    }

    private async Task<DateTimeOffset?> UsedAsync(string id)
    {
        var keys = (await fixture.Clv.Http.GetFromJsonAsync<JsonElement>("api/v1/keys")).GetProperty("keys").EnumerateArray();
        var used = keys.Single(k => k.GetProperty("id").GetString() == id).GetProperty("usedAt");
        return used.ValueKind == JsonValueKind.Null ? null : used.GetDateTimeOffset();
    }

    private async Task<JsonElement> RotateAsync(string id, int hours)
    {
        using var reply = await fixture.Clv.Http.PostAsync($"api/v1/keys/{id}/rotate?overlapHours={hours}", null);
        return await reply.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    // Shared with the process that writes it.
    private static async Task<string> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }
}
