using System.Collections.Immutable;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Features;
using Xunit;
using static ClvOrleans.Tests.Happened;

namespace ClvOrleans.Valuation.Tests.Features;

/// <summary>What features say of messages and of what became of them.</summary>
public sealed class MessageFeaturesTests
{
    private static readonly CustomerEvent[] Events =
    [
        Order(0, "o", 1_000), Message(7, EventKind.MessageSent), Message(8, EventKind.MessageOpened), Message(8, EventKind.MessageClicked),
        Order(9, "o2", 500), Message(21, EventKind.MessageSent), Message(22, EventKind.MessageClicked, isMachine: true),
        Message(35, EventKind.MessageSent) with { Message = new MessageFacts("sms") },
        On(42, EventKind.ConsentChanged) with { Consents = ImmutableSortedDictionary<string, bool>.Empty.Add("email", false) },
    ];

    private static readonly string[] Names =
    [
        "messages", "messageOpens", "messageClicks", "clickShare", "weeksSinceMessage", "weeksSinceClick", "purchaseDaysSinceMessage",
        "refusedPurposes",
    ];

    [Theory]
    [InlineData(6, 0d, 0d, 0d, 0d, double.NaN, double.NaN, double.NaN, 0d)]
    [InlineData(7, 1d, 0d, 0d, 0d, 0d, double.NaN, 0d, 0d)]
    [InlineData(15, 1d, 1d, 1d, 1d, 8 / 7.0, 1d, 1d, 0d)]
    [InlineData(35, 3d, 1d, 1d, 1 / 3.0, 0d, 27 / 7.0, 0d, 0d)]
    [InlineData(49, 3d, 1d, 1d, 1 / 3.0, 2d, 41 / 7.0, 0d, 1d)]
    public void Outcomes_are_told_as_of_the_day_over_all_channels_without_machines(int day, params double[] expected)
    {
        var summary = CustomerTimeline.Of(CustomerId.OfUser(Store.Id, "anna"), Events, Store).At(Day(day))!.Summary;
        Assert.Equal(expected, Names.Select(n => Value(summary, day, n)));
    }

    [Fact]
    public void The_fold_does_not_depend_on_the_order_of_messages()
    {
        var (forward, backward) = (CustomerState.Fold(Events, Store), CustomerState.Fold(Events.Reverse(), Store));
        Assert.Equal(forward.Messages, backward.Messages);
        Assert.Equal((2, 1, 1), (forward.Messages["email"].Sent, forward.Messages["email"].Opened, forward.Messages["email"].Clicked));
    }

    [Fact]
    public void Of_an_earlier_day_than_the_last_message_a_summary_tells_nothing_rather_than_the_future()
    {
        var all = CustomerSummary.Of(CustomerState.Fold(Events, Store), Store).WithoutLater(Day(20));
        Assert.Equal(
            [double.NaN, 1, 1, double.NaN, double.NaN, 12 / 7.0, double.NaN, 0], Names.Select(n => Value(all, 20, n)));
    }

    [Fact]
    public void A_row_of_an_earlier_version_knows_when_and_not_how_often()
    {
        var row = CustomerSummary.Of(CustomerState.Fold(Events, Store), Store);
        var old = row with
        {
            Messages = row.Messages!.SetItem("email", row.Messages["email"] with { Sent = null, Opened = null, Clicked = null }),
        };
        Assert.Equal(double.NaN, Value(old, 49, "messages"));
        Assert.Equal(2, Value(old, 49, "weeksSinceMessage"));
    }

    private static CustomerEvent Message(int day, EventKind kind, bool isMachine = false) =>
        On(day, kind) with { Message = new MessageFacts("email", "d", IsMachine: isMachine) };

    private static double Value(CustomerSummary summary, int day, string feature)
    {
        var row = new double[FeatureCatalogue.All.Length];
        FeatureCatalogue.Write(new FeatureInput(
            summary, Day(day), new Horizon(90), MarketCalendar.Empty.At(Day(day)), new ValueForecast(1, 2, 2, .1, 3)), row);
        return row[FeatureCatalogue.IndexOf(feature)];
    }
}
