using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ClvOrleans.Domain.Currencies;
using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Policies;
using ClvOrleans.Policies.Deliveries;
using ClvOrleans.Storage.Policies;
using ClvOrleans.Valuation.Watches;

namespace ClvOrleans.Grains.Deliveries;

/// <summary>What subscriptions are told of a transition or a decision: the same again has the same ids.</summary>
internal sealed class SubscriptionNews(IReadOnlyList<Subscription> subscriptions, StoreSettings store)
{
    private const double Millionths = 1e6;

    public IEnumerable<Delivery> Of(Transition transition)
    {
        var subject = transition.Subject.ToString();
        var isMembership = transition.Kind is TransitionKind.Entered or TransitionKind.Left;
        foreach (var subscription in subscriptions.Where(
            s => s.IsToldOf(subject) && s.Since <= transition.At && (isMembership || !s.IsAudience)))
        {
            var isAdded = transition.Kind == TransitionKind.Entered;
            var type = subscription.IsAudience ? isAdded ? "audience.added" : "audience.removed"
                : subject.Split('/')[0] + "." + transition.Kind.ToString().ToLowerInvariant();
            yield return New(
                subscription, transition.Customer, subject, transition.At, needsConsent: subscription.IsAudience && isAdded,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"transition/{transition.Customer.ShardIn(store.Shards)}/{transition.Commit}/{transition.Index}"),
                json =>
                {
                    json.WriteString("type", type);
                    json.WriteString("subject", subject);
                    json.WriteNumber("entry", transition.Entry);
                    json.WriteString("at", transition.At);
                    json.WriteString("cause", transition.Cause.Kind.ToString().ToLowerInvariant());
                    WriteMoney(json, "predictedBefore", transition.Facts.PredictedBefore);
                    WriteMoney(json, "predicted", transition.Facts.Predicted);
                    json.WriteString("currency", store.Currency.Code);
                    if (transition.Facts.ProbabilityAlive is { } alive)
                    {
                        json.WriteNumber("probabilityAlive", alive / Millionths);
                    }
                });
        }
    }

    public IEnumerable<Delivery> Of(DecisionRecord record)
    {
        var decision = record.Decision;
        foreach (var subscription in subscriptions.Where(
            s => s.IsToldOfDecisions(decision.Policy.Value) && s.Since <= decision.Inputs.At && !s.IsAudience))
        {
            yield return New(
                subscription, decision.Customer, $"decisions/{decision.Policy}", decision.Inputs.At, needsConsent: false,
                $"decision/{decision.Id}",
                json =>
                {
                    json.WriteString("type", "policy.decided");
                    json.WriteString("decision", decision.Id.Value);
                    json.WriteString("policy", decision.Policy.Value);
                    json.WriteString("outcome", decision.Outcome.ToString());
                    json.WriteString("reason", decision.Reason.ToString());
                    json.WriteString("at", decision.Inputs.At);
                    WriteMoney(json, "cost", decision.Cost);
                    WriteMoney(json, "expectedMargin", decision.ExpectedMargin);
                    json.WriteString("currency", store.Currency.Code);
                    json.WriteNumber("propensity", decision.Propensity);
                });
        }
    }

    /// <summary>A delivery that tells something: the same again has the same id.</summary>
    internal static Delivery New(
        Subscription subscription, CustomerId customer, string topic, DateTimeOffset at, bool needsConsent, string what,
        Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        var since = subscription.Since.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return new Delivery
        {
            Id = DeliveryId.Of("subscription", customer.Store.Value, subscription.Id, since, what),
            Subscription = subscription.Id,
            Customer = customer,
            Channel = ActionChannel.Webhook,
            Topic = topic,
            IsTransactional = !needsConsent,
            Payload = JsonSerializer.Deserialize<JsonElement>(bytes.WrittenSpan),
            CreatedAt = at,
            DueAt = at,
            NextAt = at,
        };
    }

    private void WriteMoney(Utf8JsonWriter json, string name, Money? amount)
    {
        if (amount is { } money)
        {
            json.WriteNumber(name, store.Currency.ToMajor(money));
        }
    }
}
