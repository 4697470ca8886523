using ClvOrleans.Domain.Stores;

namespace ClvOrleans.Storage.Stamps;

/// <summary>The settings that a journal was last started with.</summary>
/// <param name="Store">The store. It stays.</param>
/// <param name="Currency">ISO 4217 code of the currency of all amounts. It stays.</param>
/// <param name="TimeZone">Id of the time zone that decides the day of an order. It stays.</param>
/// <param name="MarginBasisPoints">The store's margin; where it changes, all customers are summed up and estimated anew.</param>
/// <param name="HorizonDays">How far reports look ahead; where it changes, all customers are estimated anew.</param>
/// <param name="AnnualDiscountRate">Discount rate; where it changes, all customers are estimated anew.</param>
public sealed record StoreStamp(
    StoreId Store, string Currency, string TimeZone, int MarginBasisPoints, int HorizonDays, double AnnualDiscountRate)
{
    /// <summary>What a store's settings leave in its journal.</summary>
    public static StoreStamp Of(StoreSettings store) => new(
        store.Id, store.Currency.Code, store.TimeZone.Id, store.MarginBasisPoints, store.Horizon.Days, store.AnnualDiscountRate);
}
