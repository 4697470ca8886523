using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Events;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Rules;
using ClvOrleans.Intake.Tracking;

namespace ClvOrleans.Intake.Webhooks;

/// <summary>Who a shop's customer is here: the e-mail address, else the shop's own id behind the shop's name.</summary>
internal static class ShopCustomer
{
    /// <summary>The customer. <exception cref="RefusedException">Neither is there, or the address cannot be an id.</exception></summary>
    /// <param name="store">The store.</param>
    /// <param name="email">The address; null or blank where there is none.</param>
    /// <param name="field">Where it stands.</param>
    /// <param name="account">The shop's id of the customer as <see cref="AccountOf"/> makes it; null for a guest.</param>
    public static CustomerId Find(StoreId store, string? email, string field, string? account)
    {
        var id = IdRules.Read(email, IdKind.Customer, field, out var refusal) ?? account;
        return refusal is not null ? throw refusal.ToException()
            : id is not null ? CustomerId.OfUser(store, id)
            : throw new RefusedException(
                RuleCodes.MissingCustomer, $"{field} is missing, and no account of a customer is named: whose it is is not known.");
    }

    /// <summary>The shop's own id of a customer, told from those of other systems.</summary>
    public static string? AccountOf(string shop, string? id) => id is null ? null : $"{shop}:{id}";

    /// <summary>
    /// What the shop states of a customer at a moment. The account becomes the address, and an address that changed the new one.
    /// </summary>
    public static ReadEvent Stated(
        string source, CustomerId customer, string account, DateTimeOffset at, IEnumerable<KeyValuePair<string, string?>> traits)
    {
        var kept = traits.Where(t => t.Value is not null).ToImmutableSortedDictionary(t => t.Key, t => t.Value!, StringComparer.Ordinal);
        var said = string.Join('\u001F', kept.Select(t => $"{t.Key}={t.Value}").Prepend(customer.Id));
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said)).AsSpan(0, 8));
        return new ReadEvent(
            customer,
            new CustomerEvent
            {
                MessageId = string.Create(CultureInfo.InvariantCulture, $"{account}:{at.ToUnixTimeMilliseconds()}:{digest}"),
                Source = source,
                Kind = EventKind.Identified,
                At = at,
                IsStatement = true,
                Traits = kept.IsEmpty ? null : kept,
            },
            null, account == customer.Id ? null : account, []);
    }
}
