namespace ClvOrleans.Cli.Tests.Commands;

/// <summary>What somebody types who has not read the manual is understood, or told how it is meant.</summary>
public sealed class NewcomerTests : IAsyncLifetime
{
    private readonly string _folder = ClvProcess.NewFolder();
    private RunningClv _clv = null!;

    public async ValueTask InitializeAsync()
    {
        _clv = await ClvInProcess.ServeAsync(_folder);
        await _clv.SendAsync(Tracked.Order("anna", "1", 250m));
    }

    public ValueTask DisposeAsync() => _clv.DisposeAsync();

    [Fact]
    public async Task Transitions_are_asked_by_a_segment_or_a_customer_without_an_option()
    {
        await RunAsync(0, "segments", "define", "vip", "orders > 0");
        Assert.Matches(@"vip\s+orders > 0", await RunAsync(0, "segments", "own", "vip"));
        string moved;
        do
        {
            await Pause.ShortAsync();
            moved = await RunAsync(0, "segments", "transitions", "vip");
        }
        while (!moved.Contains("anna entered segment/vip", StringComparison.Ordinal));

        Assert.Equal(moved, await RunAsync(0, "segments", "transitions", "anna"));
        Assert.Equal(moved, await RunAsync(0, "segments", "transitions", "vip", "--customer", "anna"));
        Assert.Equal("There is neither an own segment nor a customer 'nope'.", await RunAsync(1, "segments", "transitions", "nope"));
        Assert.Equal("There is no own segment 'nope'.", await RunAsync(1, "segments", "own", "nope"));
        await RunAsync(0, "segments", "define", "none", "orders > 99");
        Assert.Equal("Nobody has entered or left.", await RunAsync(0, "segments", "transitions", "none"));
    }

    [Fact]
    public async Task A_list_is_shown_by_its_name_and_a_change_says_what_it_did()
    {
        Assert.StartsWith("Nobody is on a list. clv list add", await RunAsync(0, "list"), StringComparison.Ordinal);
        Assert.Equal("1 customer is put on list friends.", await RunAsync(0, "list", "add", "friends", "anna"));
        var shown = await RunAsync(0, "list", "friends");
        Assert.Matches(@"friends\s+1", shown);
        Assert.Contains("clv rule \"'friends' in lists\"", shown, StringComparison.Ordinal);
        Assert.Equal("Nobody is on a list 'foes'.", await RunAsync(0, "list", "foes"));
        Assert.Equal("1 customer is taken off list friends.", await RunAsync(0, "list", "remove", "friends", "anna"));
        Assert.Equal(
            "clv list add needs NAME CUSTOMER; CUSTOMER is missing.\nSee clv list add --help.",
            await RunAsync(2, "list", "add", "friends"));
    }

    [Fact]
    public async Task A_policy_is_shown_by_its_name_and_none_says_how_to_make_one()
    {
        Assert.StartsWith(
            "There is no policy. clv policies add NAME makes one of", await RunAsync(0, "policies"), StringComparison.Ordinal);
        await RunAsync(0, "policies", "add", "win-back");
        var shown = await RunAsync(0, "policies", "win-back");
        Assert.StartsWith("Policy win-back, revision 1: Shadow since ", shown, StringComparison.Ordinal);
        Assert.Contains("\"budget\"", shown, StringComparison.Ordinal);
        Assert.Equal("There is no policy 'list'.", await RunAsync(1, "policies", "list"));
        Assert.EndsWith("See clv policies kill --help.", await RunAsync(2, "policies", "kill", "win-back"), StringComparison.Ordinal);
        Assert.Equal(
            "clv policies add needs POLICY; POLICY is missing.\nSee clv policies add --help.", await RunAsync(2, "policies", "add"));
    }

    [Fact]
    public async Task Decisions_and_deliveries_are_asked_by_plain_words()
    {
        Assert.Equal("There is no such decision.", await RunAsync(0, "decisions", "--customer", "anna"));
        Assert.Equal("There is no such decision.", await RunAsync(0, "decisions", "--customer", "c:anna"));
        Assert.Equal(
            "'win-back' is not the id of a decision, 32 of 0-9 and a-f. clv decisions --policy NAME lists those of a policy.",
            await RunAsync(1, "decisions", "win-back"));
        Assert.Equal("There is no such delivery.", await RunAsync(0, "deliveries"));
        Assert.Equal("There is no dead delivery.", await RunAsync(0, "deliveries", "--retry"));
        Assert.Equal("There is no delivery 'abc'.", await RunAsync(1, "deliveries", "abc"));
        Assert.Equal("--limit: 'x' is not a whole number.\nSee clv deliveries --help.", await RunAsync(2, "deliveries", "--limit", "x"));
        Assert.Equal("There is no experiment. clv experiments define FILE makes one.", await RunAsync(0, "experiments"));
        Assert.Equal("No policy has been measured yet.", await RunAsync(0, "experiments", "policies"));
        Assert.Equal(
            "clv experiments read needs ID; ID is missing.\nSee clv experiments read --help.", await RunAsync(2, "experiments", "read"));
    }

    private async Task<string> RunAsync(int status, params string[] arguments)
    {
        var run = await ClvInProcess.RunAsync([.. arguments, "--data", _folder]);
        Assert.True(run.ExitCode == status, $"{string.Join(' ', arguments)}: {run.ExitCode} {run.Output} {run.Error}");
        return (status == 0 ? run.Output : run.Error).ReplaceLineEndings("\n").Trim();
    }
}
