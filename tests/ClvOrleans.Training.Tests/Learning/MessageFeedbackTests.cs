using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Training.Forecasts;
using ClvOrleans.Training.Learning;
using ClvOrleans.Training.Tests.Backtests;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Features;
using Xunit;

namespace ClvOrleans.Training.Tests.Learning;

/// <summary>What became of messages, read by learned models: on a store where it foretells what customers buy.</summary>
public sealed class MessageFeedbackTests
{
    private const int Month = 28;
    private const int End = 13 * Month;
    private static readonly ForecastTask Task = new(ValueKind.Net, new Horizon(Month));

    // Who knew what the simulation knows would come to .48; who knew only of the last click, .38.
    [Theory]
    [InlineData("boosted-tweedie")]
    [InlineData("boosted-two-part")]
    public void Clicks_that_foretell_purchases_are_learned_and_their_absence_costs_the_gain(string model)
    {
        var (told, untold) = (Correlation(model, hasMessages: true), Correlation(model, hasMessages: false));
        Assert.True(told > untold + .1, $"{told} {untold}");
    }

    [Fact]
    public void A_row_to_learn_from_knows_the_messages_up_to_its_day_and_none_that_came_later()
    {
        var shop = new Shop();
        for (var c = 0; c < 400; c++)
        {
            shop.Order($"c{c:000}", c % Month, 1_000).Order($"c{c:000}", End - (c % 70), 1_000);
            for (var day = 0; day <= End; day += Month)
            {
                shop.Message($"c{c:000}", day, EventKind.MessageSent);
            }
        }

        var past = shop.Until(End);
        var (rows, column) = (TrainingSet.Of(past, Task, SeasonFit.Of(past)).Rows, FeatureCatalogue.IndexOf("messages"));
        Assert.All(Enumerable.Range(0, rows.Count), i => Assert.Equal(
            ((rows.Customers[i].AsOf.DayNumber - Shop.Day(0).DayNumber) / Month) + 1, rows.FeaturesOf(i)[column]));
    }

    // Of what was forecast for a month with what was spent in it. Each customer has a message every four weeks, follows a link in every
    // third, and then buys within the month with .8, otherwise with .1.
    private static double Correlation(string model, bool hasMessages)
    {
        var (shop, random, spent) = (new Shop(), new Random(7), new Dictionary<string, double>());
        for (var c = 0; c < 1_500; c++)
        {
            var (customer, sent) = ($"c{c:0000}", random.Next(Month));
            shop.Order(customer, sent, 1_000);
            spent[customer] = 0;
            for (; sent < End + Month; sent += Month)
            {
                var clicks = random.Next(3) == 0;
                var (buys, day) = (random.NextDouble() < (clicks ? .8 : .1), sent + 2 + random.Next(Month - 2));
                if (hasMessages)
                {
                    shop.Message(customer, sent, EventKind.MessageSent);
                    _ = clicks ? shop.Message(customer, sent + 1, EventKind.MessageClicked) : shop;
                }

                if (buys)
                {
                    shop.Order(customer, day, 1_000);
                    spent[customer] += day is > End and <= End + Month ? 1_000 : 0;
                }
            }
        }

        var past = shop.Until(End);
        var forecasts = ForecastModels.Find([model])[0].Fit(past, Task).Forecast(past.Buyers);
        var pairs = past.Buyers.Zip(forecasts, (b, f) => (Truth: spent[b.Id.Id], f.Value)).ToList();
        var (x, y) = (pairs.Average(p => p.Value), pairs.Average(p => p.Truth));
        return pairs.Sum(p => (p.Value - x) * (p.Truth - y))
            / Math.Sqrt(pairs.Sum(p => (p.Value - x) * (p.Value - x)) * pairs.Sum(p => (p.Truth - y) * (p.Truth - y)));
    }
}
