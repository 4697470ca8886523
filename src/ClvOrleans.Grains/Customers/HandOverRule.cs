using ClvOrleans.Contracts.Customers;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Valuation.Rules;
using Microsoft.Extensions.Options;

namespace ClvOrleans.Grains.Customers;

/// <summary>Whether a delivery may go to a customer as they are now. The first thing that stops it is the reason.</summary>
public sealed class HandOverRule(IOptions<CustomerOptions> options)
{
    private readonly CompiledRules _rules = new();

    // An estimate costs more than all else here: the facts are made where a rule asks.
    internal HandOverReply Judge(HandOver asked, CustomerState state, Func<CustomerFacts> tell, StoreSettings store, bool hasBought)
    {
        var facts = new Lazy<CustomerFacts>(tell, LazyThreadSafetyMode.None);
        var address = AddressOf(asked.Customer, state);
        var reason = state.Events == 0 ? DeliveryReasons.Unknown
            : asked.NeedsConsent && !state.Consents.Allow(asked.Channel, asked.Topic) ? DeliveryReasons.Consent
            : hasBought || (asked.Goal is { } goal && RuleOf(goal, store).Holds(facts.Value)) ? DeliveryReasons.Goal
            : asked.Condition is { } condition && !RuleOf(condition, store).Holds(facts.Value) ? DeliveryReasons.Condition
            : !asked.NeedsAddress ? null
            : address is null ? DeliveryReasons.Address
            : IsSuppressed(address, state) ? DeliveryReasons.Suppressed
            : null;
        return reason is null
            ? new HandOverReply(
                HandOverStatus.Go, Address: address, Name: NameOf(state),
                Zone: CustomerZone.Of(CustomerSummary.TraitsOf(state), store).Zone.Id)
            : new HandOverReply(HandOverStatus.Stop, reason);
    }

    // Shops that know customers by their addresses send no other one.
    private static string? AddressOf(CustomerId customer, CustomerState state) =>
        (state.Traits.GetValueOrDefault("email")?.Value ?? (customer.MayBeAddress ? customer.Id : null))
            ?.ToLowerInvariant();

    private static string? NameOf(CustomerState state) =>
        (state.Traits.GetValueOrDefault("firstName") ?? state.Traits.GetValueOrDefault("name"))?.Value;

    // A bounce that names no address was one of the address that was known then.
    private bool IsSuppressed(string address, CustomerState state)
    {
        var (soft, within) = (options.Value.SoftBounces, options.Value.SoftBounceSpan);
        var unnamed = state.Addresses.GetValueOrDefault("");
        return state.Addresses.GetValueOrDefault(address)?.IsSuppressed(soft, within) is true
            || (unnamed?.IsSuppressed(soft, within) is true
                && (unnamed.HardAt ?? unnamed.Soft[^1]) >= (state.Traits.GetValueOrDefault("email")?.At ?? DateTimeOffset.MinValue));
    }

    private Rule<CustomerFacts> RuleOf(string text, StoreSettings store) => _rules.Of(store.Currency, text);
}
