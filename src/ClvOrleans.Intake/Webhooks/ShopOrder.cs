using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>
/// An order as a shop states that it is at a moment. Two events say it: that it was placed, which happened once, and the statement, of
/// which the latest one counts. Both are known by what they say, so that the same again changes nothing, in whichever order they come.
/// </summary>
internal sealed record ShopOrder
{
    // Divided by it, a decimal has no zeros at its end.
    private const decimal Unscaled = 1.0000000000000000000000000000m;

    /// <summary>The order's id.</summary>
    public required string Id { get; init; }

    /// <summary>Whose order it is.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>The browser that it came from.</summary>
    public CustomerId? Visitor { get; init; }

    /// <summary>When it was placed.</summary>
    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>When the shop changed it last.</summary>
    public required DateTimeOffset StatedAt { get; init; }

    /// <summary>What it is then.</summary>
    public required OrderStanding Standing { get; init; }

    /// <summary>Whether it was ever bought: an order that was paid and cancelled was, and counts no more.</summary>
    public required bool IsPlaced { get; init; }

    /// <summary>Its value without tax and shipping, before refunds, in its currency.</summary>
    public required decimal Value { get; init; }

    /// <summary>What was taken back of the value.</summary>
    public required decimal Refunded { get; init; }

    /// <summary>Its currency.</summary>
    public required ShopMoney Money { get; init; }

    /// <summary>Discount given.</summary>
    public decimal? Discount { get; init; }

    /// <summary>Coupon code used.</summary>
    public string? Coupon { get; init; }

    /// <summary>The products bought.</summary>
    public IReadOnlyList<ShopLine> Lines { get; init; } = [];

    /// <summary>The events. Of an order that was never paid only the statement: as far as money goes, it was not placed.</summary>
    /// <param name="source">The source.</param>
    /// <param name="receivedAt">When it came: nothing that somebody did happened later.</param>
    public IReadOnlyList<ReadEvent> ToEvents(string source, DateTimeOffset receivedAt)
    {
        var money = Money;
        var facts = new OrderFacts(
            Id, money.Convert(Value, "the order's value"), null, Discount is { } discount ? money.Find(Math.Abs(discount)) : null, Coupon);
        var placed = new CustomerEvent
        {
            MessageId = $"order:{Id}:placed:{Digest(false)}",
            Source = source,
            Kind = EventKind.OrderCompleted,
            At = PlacedAt < receivedAt ? PlacedAt : receivedAt,
            Order = facts,
            Products = [.. Lines.Select(l => l.ToLine(money))],
        };
        var stated = placed with
        {
            MessageId = string.Create(CultureInfo.InvariantCulture, $"order:{Id}:{StatedAt.ToUnixTimeMilliseconds()}:{Digest(true)}"),
            Kind = EventKind.OrderUpdated,
            At = StatedAt,
            IsStatement = true,
            Statement = new OrderStatement(StatedAt, Standing, money.Convert(Refunded, "what was refunded"), StatedAt),
        };
        return IsPlaced
            ? [new ReadEvent(Customer, placed, Visitor, null, []), new ReadEvent(Customer, stated, null, null, [])]
            : [new ReadEvent(Customer, stated, null, null, [])];
    }

    // Of what the shop said, before it is converted: a rate that changes makes no other order.
    private string Digest(bool all)
    {
        var text = new StringBuilder();
        Append(Id, PlacedAt.ToUnixTimeMilliseconds(), Value, Money.Code, Discount, Coupon);
        foreach (var line in Lines)
        {
            Append(line.ProductId, line.Price, line.Quantity);
        }

        if (all)
        {
            Append(Standing, Refunded);
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));

        // 22.5 and 22.50 are the same amount.
        void Append(params ReadOnlySpan<object?> parts)
        {
            foreach (var part in parts)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(part is decimal amount ? amount / Unscaled : part)}\u001F");
            }
        }
    }
}
