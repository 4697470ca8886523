using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;

namespace ClvOrleans.Domain.Tests.Customers;

/// <summary>What the fold keeps of consents, lists and messages.</summary>
public sealed class FactsTests
{
    private static int _number;

    [Fact]
    public void The_last_word_on_a_purpose_holds_whatever_came_first()
    {
        var said = new[] { Said(2, ("email", false)), Said(1, ("email", true)), Said(1, ("sms", true)) };
        var consents = Summary(said).Consents;
        Assert.Equal(new Consent(false, At(2)), consents["email"]);
        Assert.Equal(["email", "sms"], consents.Keys);
        Assert.False(consents.ContainsKey("push"));
    }

    [Fact]
    public void Of_two_words_at_one_instant_the_refusal_holds()
    {
        var (yes, no) = (Said(1, ("email", true)), Said(1, ("email", false)));
        Assert.False(Summary(yes, no).Consents["email"].IsGranted);
        Assert.False(Summary(no, yes).Consents["email"].IsGranted);
    }

    // Missing and refused differ: marketing as a whole speaks for a channel that is missing, never for one that was refused.
    [Theory]
    [InlineData("", false)]
    [InlineData("+email", true)]
    [InlineData("-email", false)]
    [InlineData("+marketing", true)]
    [InlineData("-marketing", false)]
    [InlineData("+marketing -email", false)]
    [InlineData("+email -marketing", false)]
    [InlineData("+email -email/news", false)]
    [InlineData("+email -email/offers", true)]
    [InlineData("+email/news", false)]
    [InlineData("+profiling +sms", false)]
    public void Marketing_needs_a_grant_and_no_refusal(string said, bool isAllowed)
    {
        var words = said.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((w, i) => Said(i, (w[1..], w[0] == '+'))).ToArray();
        Assert.Equal(isAllowed, Summary(words).Consents.Allow("email", "news"));
    }

    [Fact]
    public void Facts_are_no_activity_and_leave_first_and_last_day_alone()
    {
        var visit = new CustomerEvent { MessageId = "v", Source = "web", Kind = EventKind.PageViewed, At = At(1000) };
        CustomerEvent[] facts =
        [
            Said(0, ("email", true)), Told(EventKind.MessageSent, 5_000), Told(EventKind.MessageOpened, 6_000),
            new() { MessageId = "j", Source = "web", Kind = EventKind.ListJoined, At = At(7_000), Subject = "vip" },
        ];
        var (alone, both) = (Summary(visit), Summary([visit, .. facts]));
        Assert.Equal(
            (alone.FirstSeen, alone.LastSeen, alone.Sessions, 1), (both.FirstSeen, both.LastSeen, both.Sessions, both.Counts.Values.Sum()));
        Assert.Equal(["vip"], both.Lists);
        Assert.Equal(At(6_000), both.Messages!["email"].OpenedAt);
        Assert.Equal(CustomerStateTests.Store.DayOf(At(0)), Summary(facts).FirstSeen);
    }

    [Fact]
    public void Who_left_a_list_last_is_not_on_it()
    {
        var joined = new CustomerEvent { MessageId = "j", Source = "web", Kind = EventKind.ListJoined, At = At(1), Subject = "vip" };
        var left = joined with { MessageId = "l", Kind = EventKind.ListLeft };
        Assert.Empty(Summary(left, joined).Lists);
        Assert.Equal(["vip"], Summary(left, joined with { At = At(2) }).Lists);
    }

    [Fact]
    public void Opens_and_clicks_of_machines_are_passed_over()
    {
        var e = Told(EventKind.MessageOpened, 1, new MessageFacts("email", IsMachine: true));
        Assert.Null(Summary(e).Messages!["email"].OpenedAt);
        Assert.Null(Summary(e with { Kind = EventKind.MessageClicked }).Messages!["email"].ClickedAt);
    }

    [Fact]
    public void A_hard_bounce_suppresses_its_address_alone()
    {
        var bounce = Told(EventKind.MessageBounced, 1, new MessageFacts("email", null, "old@b.example", BounceKind.Hard));
        var addresses = CustomerState.Fold([bounce], CustomerStateTests.Store).Addresses;
        Assert.True(addresses["old@b.example"].IsSuppressed(3, TimeSpan.FromDays(7)));
        Assert.Equal(["old@b.example"], addresses.Keys);
    }

    // Three soft bounces in seven days suppress; a delivery in between begins the count anew.
    [Theory]
    [InlineData("s0 s1", false)]
    [InlineData("s0 s1 s2", true)]
    [InlineData("s0 s3 s7", true)]
    [InlineData("s0 s3 s8", false)]
    [InlineData("s0 s5 s9 s11", true)]
    [InlineData("s0 s1 d1 s2", false)]
    [InlineData("s0 s1 s2 d3", false)]
    [InlineData("s0 d1 s2 s3 s4", true)]
    public void Soft_bounces_suppress_after_so_many_in_so_many_days_and_a_delivery_resets_them(string told, bool isSuppressed)
    {
        var events = told.Split(' ').Select(t => Told(
            t[0] == 's' ? EventKind.MessageBounced : EventKind.MessageDelivered, int.Parse(t[1..], null) * 1_440,
            new MessageFacts("email", null, "a@b.example", t[0] == 's' ? BounceKind.Soft : null))).ToArray();
        foreach (var order in new[] { events, events.Reverse() })
        {
            var state = CustomerState.Fold(order, CustomerStateTests.Store);
            Assert.Equal(isSuppressed, state.Addresses["a@b.example"].IsSuppressed(3, TimeSpan.FromDays(7)));
        }
    }

    private static DateTimeOffset At(int minute) => CustomerStateTests.Start.AddMinutes(minute);

    private static CustomerSummary Summary(params CustomerEvent[] events) =>
        CustomerSummary.Of(CustomerState.Fold(events, CustomerStateTests.Store), CustomerStateTests.Store);

    private static CustomerEvent Said(int minute, (string Purpose, bool IsGranted) word) => new()
    {
        MessageId = $"c{Interlocked.Increment(ref _number)}",
        Source = "web",
        Kind = EventKind.ConsentChanged,
        At = At(minute),
        Consents = ImmutableSortedDictionary<string, bool>.Empty.Add(word.Purpose, word.IsGranted),
    };

    private static CustomerEvent Told(EventKind kind, int minute, MessageFacts? message = null) => new()
    {
        MessageId = $"m{Interlocked.Increment(ref _number)}",
        Source = "web",
        Kind = kind,
        At = At(minute),
        Message = message ?? new MessageFacts("email"),
    };
}
