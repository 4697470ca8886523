using System.Buffers;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Domain.Customers;

/// <summary>
/// A customer as of the ends of some days: what training reads of a customer's events. Of days between which nothing happened only the first
/// is kept, and all are packed together: a summary repeats most of the one before it.
/// </summary>
/// <param name="Id">Who it is.</param>
/// <param name="HasBought">Whether there is a purchase, paid or free, as of the end of any of the days.</param>
/// <param name="Cuts">The cuts, in order of day.</param>
/// <param name="Packed">Their summaries as JSON, one after the other, compressed by Brotli.</param>
public sealed record AsOfSnapshots(CustomerId Id, bool HasBought, ImmutableArray<AsOfSnapshot> Cuts, ReadOnlyMemory<byte> Packed)
{
    // Of Brotli's 0 to 11 and 10 to 24: summaries are short and much alike.
    private const int Quality = 4;
    private const int Window = 18;

    /// <summary>The local days with an order that used a coupon, in order.</summary>
    public ImmutableArray<DateOnly> CouponDays { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Folds events once and condenses the state as each of the days ends; null where all events are later.</summary>
    /// <param name="id">Who it is.</param>
    /// <param name="events">The events, in any order; one that comes again counts once.</param>
    /// <param name="days">Local days in ascending order; later events are not looked at.</param>
    /// <param name="store">The store.</param>
    public static AsOfSnapshots? Of(CustomerId id, IEnumerable<CustomerEvent> events, ImmutableArray<DateOnly> days, StoreSettings store)
    {
        var byDay = events.DistinctBy(e => e.Key).Select(e => (Day: store.DayOf(e.At), Event: e)).ToArray();
        Array.Sort(byDay, (a, b) => a.Day.CompareTo(b.Day)); // Within a day the fold does not mind.
        var (state, hasBought, next) = (new CustomerState(), false, 0);
        var cuts = ImmutableArray.CreateBuilder<AsOfSnapshot>();
        var json = new ArrayBufferWriter<byte>();
        foreach (var day in days)
        {
            var before = next;
            for (; next < byDay.Length && byDay[next].Day <= day; next++)
            {
                state.Apply(byDay[next].Event, store);
            }

            if (next > before)
            {
                var summary = CustomerSummary.Of(state, store);
                hasBought |= !summary.PurchaseDays.IsEmpty;
                using var writer = new Utf8JsonWriter(json);
                JsonSerializer.Serialize(writer, summary, DomainJson.Default.CustomerSummary);
                writer.Flush();
                cuts.Add(new AsOfSnapshot(day, json.WrittenCount));
            }
        }

        return cuts.Count == 0 ? null : new AsOfSnapshots(id, hasBought, cuts.DrainToImmutable(), Pack(json.WrittenSpan))
        {
            CouponDays =
            [
                .. byDay[..next].Where(e => e.Event is { IsStatement: false, Order.Coupon: not null }).Select(e => e.Day).Distinct(),
            ],
        };
    }

    /// <summary>The customer as of the end of a day, as the latest cut up to it knows; null where there is none.</summary>
    public CustomerSummary? At(DateOnly day)
    {
        var cut = Cuts.Length - 1;
        while (cut >= 0 && Cuts[cut].Day > day)
        {
            cut--;
        }

        if (cut < 0)
        {
            return null;
        }

        var json = ArrayPool<byte>.Shared.Rent(Cuts[^1].Until);
        try
        {
            return BrotliDecoder.TryDecompress(Packed.Span, json, out var length) && length == Cuts[^1].Until
                ? JsonSerializer.Deserialize(
                    json.AsSpan((cut == 0 ? 0 : Cuts[cut - 1].Until)..Cuts[cut].Until), DomainJson.Default.CustomerSummary)
                : throw new JsonException($"The as-of snapshots of {Id} are damaged.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(json);
        }
    }

    private static byte[] Pack(ReadOnlySpan<byte> json)
    {
        var packed = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(json.Length));
        try
        {
            return BrotliEncoder.TryCompress(json, packed, out var length, Quality, Window)
                ? packed[..length]
                : throw new InvalidOperationException("The buffer is too small for what Brotli said that it takes.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }
}
