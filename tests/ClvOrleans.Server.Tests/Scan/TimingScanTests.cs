using System.Diagnostics;
using ClvOrleans.Server.Access;
using ClvOrleans.Server.Tests.Stores;
using ClvOrleans.Storage.Access;

namespace ClvOrleans.Server.Tests.Scan;

/// <summary>How long an answer takes does not tell how near a guess was, nor what another store has.</summary>
public sealed class TimingScanTests(TwoStores stores) : IClassFixture<TwoStores>
{
    private const int Pairs = 400;

    [Fact]
    public void A_key_that_is_wrong_at_its_beginning_takes_as_long_as_one_that_is_wrong_at_its_end()
    {
        var (id, text) = CredentialText.New("read");
        var key = new Credential
        {
            Id = id,
            Kind = CredentialKind.Key,
            Hash = CredentialText.Hash(text),
            Scope = Scope.Read,
            Name = "x",
            CreatedAt = DateTimeOffset.UnixEpoch,
        };
        var secret = text.LastIndexOf('_') + 1;
        var (early, late) = (text[..secret] + "~" + text[(secret + 1)..], text[..^1] + "~");
        Assert.False(CredentialText.Proves(early, key) || CredentialText.Proves(late, key));
        var ratio = Compare(() => Many(early), () => Many(late));
        Assert.InRange(ratio, .8, 1.25);

        void Many(string guess)
        {
            for (var i = 0; i < 200; i++)
            {
                CredentialText.Proves(guess, key);
            }
        }
    }

    [Theory]
    [InlineData("api/v1/customers/zebra-anna/clv", "api/v1/customers/okapi-anna/clv")]
    [InlineData("api/v1/customers/zebra-anna", "api/v1/customers/okapi-anna")]
    [InlineData("api/v1/policies/zebra-policy", "api/v1/policies/okapi-policy")]
    [InlineData("api/v1/own-segments/zebra-segment", "api/v1/own-segments/okapi-segment")]
    [InlineData("api/v1/subscriptions", "api/v1/subscriptions")] // What two equal questions differ by.
    public async Task What_another_store_has_is_answered_in_the_time_of_what_nobody_has(string theirs, string nobodys)
    {
        var (first, second) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < Pairs; pair++)
        {
            first.Add(await TimeAsync(theirs));
            second.Add(await TimeAsync(nobodys));
        }

        Assert.InRange(Median(first) / Median(second), .75, 1.33);
    }

    private async Task<double> TimeAsync(string path)
    {
        var start = Stopwatch.GetTimestamp();
        await stores.SendAsync(TwoStores.Ours, HttpMethod.Get, path);
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    // Alternately, so that what else the machine does meets both.
    private static double Compare(Action one, Action other)
    {
        var (first, second) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < Pairs; pair++)
        {
            first.Add(Time(one));
            second.Add(Time(other));
        }

        return Median(first) / Median(second);
    }

    private static double Time(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
