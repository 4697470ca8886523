using System.Buffers;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Domain.Customers;

/// <summary>
/// The snapshots of a customer as of some days: what trainings collect where the events are. Of days between which nothing happened only
/// the first is kept, and all are packed together: a summary repeats most of the one before it.
/// </summary>
/// <param name="Id">Who it is.</param>
/// <param name="HasBought">Whether there is a purchase, paid or free, as of the end of any of the days.</param>
/// <param name="Days">The days that are kept, in order.</param>
/// <param name="Packed">Their summaries as JSON, one after the other, compressed by Brotli.</param>
public sealed record AsOfSnapshots(
    CustomerId Id, bool HasBought, [property: JsonPropertyName("cuts")] ImmutableArray<PackedDay> Days, ReadOnlyMemory<byte> Packed)
    : ICustomerPast
{
    // Of Brotli's 0 to 11 and 10 to 24: summaries are short and much alike.
    private const int Quality = 4;
    private const int Window = 18;

    /// <summary>The local days with an order that used a coupon, in order.</summary>
    public ImmutableArray<DateOnly> CouponDays { get; init => field = value.IsDefault ? [] : value; } = [];

    ImmutableArray<CustomerEvent> ICustomerPast.Events =>
        throw new InvalidOperationException($"The history of {Id} was collected as as-of snapshots: its events are not here.");

    DateOnly? ICustomerPast.ChangedOn(DateOnly day) => LastUntil(day) is >= 0 and var last ? Days[last].Day : null;

    /// <summary>The customer as of the end of a day, as the latest snapshot up to it knows; null where there is none.</summary>
    public AsOfSnapshot? At(DateOnly day)
    {
        var last = LastUntil(day);
        if (last < 0)
        {
            return null;
        }

        var json = ArrayPool<byte>.Shared.Rent(Days[^1].Until);
        try
        {
            var from = last == 0 ? 0 : Days[last - 1].Until;
            return BrotliDecoder.TryDecompress(Packed.Span, json, out var length) && length == Days[^1].Until
                ? new AsOfSnapshot(this, day, Read(json.AsSpan(from..Days[last].Until)), CouponDaysUntil(day))
                : throw new JsonException($"The as-of snapshots of {Id} are damaged.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(json);
        }
    }

    /// <inheritdoc cref="CustomerTimeline.Pack" />
    internal static AsOfSnapshots? Of(CustomerTimeline timeline, ImmutableArray<DateOnly> days, StoreSettings store)
    {
        var hasBought = false;
        var packed = ImmutableArray.CreateBuilder<PackedDay>();
        var json = new ArrayBufferWriter<byte>();
        foreach (var (day, state) in timeline.StatesAt(days))
        {
            var summary = CustomerSummary.Of(state, store);
            hasBought |= !summary.PurchaseDays.IsEmpty;
            using var writer = new Utf8JsonWriter(json);
            JsonSerializer.Serialize(writer, summary, DomainJson.Default.CustomerSummary);
            writer.Flush();
            packed.Add(new PackedDay(day, json.WrittenCount));
        }

        return packed.Count == 0 ? null : new AsOfSnapshots(timeline.Id, hasBought, packed.DrainToImmutable(), Pack(json.WrittenSpan))
        {
            CouponDays = timeline.CouponDaysUntil(days[^1]),
        };
    }

    private static CustomerSummary Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, DomainJson.Default.CustomerSummary) ?? throw new JsonException("An as-of snapshot is null.");

    private int LastUntil(DateOnly day)
    {
        var last = Days.Length - 1;
        while (last >= 0 && Days[last].Day > day)
        {
            last--;
        }

        return last;
    }

    private ImmutableArray<DateOnly> CouponDaysUntil(DateOnly day) =>
        CouponDays.IsEmpty || CouponDays[^1] <= day ? CouponDays : [.. CouponDays.TakeWhile(d => d <= day)];

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
