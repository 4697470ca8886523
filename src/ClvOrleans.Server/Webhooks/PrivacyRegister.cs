using ClvOrleans.Domain.Stores;
using ClvOrleans.Intake.Webhooks;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Privacy;

namespace ClvOrleans.Server.Webhooks;

/// <summary>
/// Keeps what people ask for through their shop until somebody has done it. Nothing is answered or erased here: the request waits in the
/// list with the day by which it is due, and a warning says so.
/// </summary>
internal sealed partial class PrivacyRegister(OneStore store, IPrivacyRequests requests, ILogger<PrivacyRegister> logger)
{
    // GDPR, article 12 (3): within one month. Shopify: within 30 days.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    /// <summary>Keeps a demand; durable on return.</summary>
    /// <returns>False where it was kept before.</returns>
    public async Task<bool> KeepAsync(PrivacyDemand demand, WebhookDelivery delivery)
    {
        var due = delivery.ReceivedAt + Patience;
        var kind = demand.Topic switch
        {
            PrivacyTopic.CustomerData => PrivacyRequestKind.CustomerData,
            PrivacyTopic.CustomerErasure => PrivacyRequestKind.CustomerErasure,
            _ => PrivacyRequestKind.ShopErasure,
        };
        var isNew = await requests.AddAsync(new PrivacyRequest(
            0, store.Settings.Id, delivery.Source, demand.MessageId, kind, demand.Customer, delivery.ReceivedAt, due, delivery.Body));
        if (isNew)
        {
            LogWaiting(kind, store.Settings.Id, delivery.Source, due.UtcDateTime);
        }

        return isNew;
    }

    // Without the customer: what is to be erased does not belong into a log.
    [LoggerMessage(
        2004, LogLevel.Warning,
        "A privacy request ({Kind}, store {Store}, source {Source}) waits to be fulfilled by {Due:yyyy-MM-dd}. See "
            + "/api/v1/privacy-requests.")]
    private partial void LogWaiting(PrivacyRequestKind kind, StoreId store, string source, DateTime due);
}
