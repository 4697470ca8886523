using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Storage.Journal;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Storage.Sqlite.Tests;

/// <summary>Commits of one page view for tests.</summary>
internal static class Commits
{
    public static CustomerId Customer(string id) => CustomerId.OfUser(Letters.Store, id);

    public static CustomerCommit Of(string id, long expected, string message) => new()
    {
        ExpectedSequence = expected,
        Events = [new CustomerEvent { MessageId = message, Source = "web", Kind = EventKind.PageViewed, At = DateTimeOffset.UnixEpoch.AddYears(50) }],
        Head = new CustomerRow
        {
            Id = Customer(id),
            Sequence = expected + 1,
            Summary = new CustomerSummary(),
            Contribution = new Contribution(
                expected + 1, new DateOnly(2026, 1, 1), 0, new SegmentCell(Lifecycle.Prospect, 0), new SegmentSums { Customers = 1, Gross = Money.Zero }),
        },
    };
}
