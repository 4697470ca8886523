namespace ClvOrleans.Reliability.Tests.Storage;

/// <summary>What happens to the journal's files is told at once, and nothing is acknowledged that is not behind it.</summary>
public sealed class JournalFileTests(PreparedStore store) : IClassFixture<PreparedStore>
{
    public static TheoryData<string> Damages =>
        new(Sizes.Of<string[]>(["middle", "half"], ["header", "fourth page", "middle", "end", "half", "empty", "text"]));

    public static TheoryData<string, string> Changes => new(Sizes.Of<(string, string)[]>(
        [("\"USD\"", "\"EUR\"")],
        [("\"USD\"", "\"EUR\""), ("\"UTC\"", "\"Pacific/Auckland\""), ("\"shop\"", "\"another\"")]));

    public static TheoryData<string> DamagesWhileItRuns =>
        new(Sizes.Of<string[]>(["replaced"], ["deleted", "replaced", "log deleted", "folder moved"]));

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_journal_is_told_at_the_start(string what)
    {
        var folder = store.Copy();
        var path = Path.Combine(folder, "clv.db");
        switch (what)
        {
            case "header":
                Damage.Smash(path, 0, 1);
                break;
            case "fourth page":
                Damage.Smash(path, 3, 1);
                break;
            case "middle":
                Damage.Smash(path, Damage.Pages(path) / 2, 20);
                break;
            case "end":
                Damage.Smash(path, -5, 5);
                break;
            case "half":
                Damage.Halve(path);
                break;
            case "empty":
                File.WriteAllBytes(path, []);
                break;
            default:
                File.WriteAllText(path, "This is no database.");
                break;
        }

        await using var service = Service.Start(folder);
        await Told.AtStartAsync(service, "clv.db");
    }

    [Fact]
    public async Task A_journal_that_is_gone_at_the_start_is_told_and_not_replaced_by_an_empty_one()
    {
        var folder = store.Copy();
        Damage.Delete(Path.Combine(folder, "clv.db"));
        await using var service = Service.Start(folder);
        await Told.AtStartAsync(service, "clv.db");
    }

    [Fact]
    public async Task A_journal_that_may_not_be_written_is_told_at_the_start()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Needs root, to start the service as another user.");
        var folder = store.Copy();
        Assert.Null(await Executable.TrySystemAsync("chmod", "-R", "a+rwX", folder));
        Assert.Null(await Executable.TrySystemAsync("chmod", "a-w", Path.Combine(folder, "clv.db")));
        await using var service = Service.Start(
            folder, new ServiceOptions { Through = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] });
        await Told.AtStartAsync(service, "clv.db");
    }

    [Fact]
    public async Task A_journal_of_a_newer_program_is_told_at_the_start()
    {
        var folder = store.Copy();
        Damage.Run(Path.Combine(folder, "clv.db"), "INSERT INTO schema_migrations (name) VALUES ('Journal/9999-of-the-future.sql')");
        await using var service = Service.Start(folder);
        await Told.AtStartAsync(service, "clv.db");
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Settings_that_decided_how_events_were_folded_cannot_be_changed(string from, string to)
    {
        var folder = store.Copy();
        var path = Path.Combine(folder, "store.json");
        var settings = await File.ReadAllTextAsync(path);
        Assert.Contains(from, settings, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, settings.Replace(from, to, StringComparison.Ordinal));
        await using var service = Service.Start(folder);
        await Told.AtStartAsync(service, "store.json");
    }

    [Fact]
    public async Task A_write_ahead_log_that_was_deleted_after_a_kill_is_told_at_the_start()
    {
        var folder = Service.NewFolder();
        await using (var first = await Service.ServeAsync(folder))
        {
            await PreparedStore.FillAsync(first.Client);
            await first.KillAsync();
        }

        File.Delete(Path.Combine(folder, "clv.db-wal"));
        await using var service = Service.Start(folder);
        await Told.AtStartAsync(service, "clv.db");
    }

    [Fact]
    public async Task A_journal_older_than_its_snapshots_is_told_or_answered_by_its_own_events()
    {
        var folder = store.Copy();
        await using (var first = await Service.ServeAsync(folder))
        {
            await first.Client.AcknowledgedAsync(Enumerable.Range(0, 200).Select(i => Track.Order("s0", $"newer-{i}", 1)));
            await first.TerminateAsync();
        }

        Damage.Delete(Path.Combine(folder, "clv.db"));
        File.Copy(Path.Combine(store.Copy(), "clv.db"), Path.Combine(folder, "clv.db"));
        await using var service = Service.Start(folder);
        if ((await service.SettleAsync()).IsReady)
        {
            Assert.Equal(PreparedStore.Customers.Select(_ => PreparedStore.EachOrders), await PreparedStore.OrdersAsync(service.Client));
        }
        else
        {
            await Told.AtStartAsync(service, "clv.db");
        }
    }

    [Theory]
    [MemberData(nameof(DamagesWhileItRuns))]
    public async Task What_is_done_to_the_journal_of_a_running_service_is_told_and_nothing_is_acknowledged(string what)
    {
        var folder = store.Copy();
        var path = Path.Combine(folder, "clv.db");
        await using var service = await Service.ServeAsync(folder);
        await service.Client.AcknowledgedAsync(Track.Order("s0", "before", 1));
        switch (what)
        {
            case "deleted":
                Damage.Delete(path);
                break;
            case "replaced":
                File.Move(Path.Combine(store.Copy(), "clv.db"), path, overwrite: true);
                break;
            case "log deleted":
                File.Delete(path + "-wal");
                break;
            default:
                Directory.Move(folder, folder + "-moved");
                break;
        }

        await Told.WhileRunningAsync(service, "clv.db");
    }
}
