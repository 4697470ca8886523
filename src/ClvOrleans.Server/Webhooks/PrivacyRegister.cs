using ClvOrleans.Contracts.Jobs;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Jobs;
using ClvOrleans.Grains.Privacy;
using ClvOrleans.Intake.Webhooks;
using ClvOrleans.Server.Stores;
using ClvOrleans.Storage.Privacy;
using ClvOrleans.Valuation.Jobs;

namespace ClvOrleans.Server.Webhooks;

/// <summary>
/// Keeps what people ask for through their shop. Erasures begin as a job, and the request is marked as done when it has ended; a request
/// for data waits in the list, with the day by which it is due, until somebody has fetched them, and a warning says so.
/// </summary>
internal sealed partial class PrivacyRegister(
    OneStore store, IPrivacyRequests requests, StoreJobs jobs, ILogger<PrivacyRegister> logger)
{
    // GDPR, article 12 (3): within one month. Shopify: within 30 days.
    private static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    /// <summary>Keeps a demand; durable on return.</summary>
    /// <returns>False where it was kept before.</returns>
    public async Task<bool> KeepAsync(PrivacyDemand demand, WebhookDelivery delivery)
    {
        if (store.Settings.Pseudonyms is { } pseudonyms)
        {
            demand = demand with
            {
                MessageId = pseudonyms.OfMessage(demand.MessageId),
                Customer = demand.Customer is null ? null : pseudonyms.OfId(demand.Customer),
            };
            delivery = delivery with { Body = "{}"u8.ToArray() };
        }

        var due = delivery.ReceivedAt + Patience;
        var kind = demand.Topic switch
        {
            PrivacyTopic.CustomerData => PrivacyRequestKind.CustomerData,
            PrivacyTopic.CustomerErasure => PrivacyRequestKind.CustomerErasure,
            _ => PrivacyRequestKind.ShopErasure,
        };
        var isNew = await requests.AddAsync(new PrivacyRequest(
            0, store.Settings.Id, delivery.Source, demand.MessageId, kind, demand.Customer, delivery.ReceivedAt, due, delivery.Body));
        // Also of a request that is known: the process may have ended before its job began.
        if (kind == PrivacyRequestKind.CustomerErasure && demand.Customer is { } customer)
        {
            await BeginAsync(new ErasureRequest(ErasureKind.DeleteOnly, [customer]));
        }
        else if (kind == PrivacyRequestKind.ShopErasure)
        {
            await BeginAsync(new ErasureRequest(ErasureKind.DeleteOnly, [], Everyone: true));
        }
        else if (isNew)
        {
            LogWaiting(kind, store.Settings.Id, delivery.Source, due.UtcDateTime);
        }

        return isNew;
    }

    private Task<BeginJobReply> BeginAsync(ErasureRequest request) =>
        jobs.BeginAsync(store.Settings.Id, JobKind.Erasure, "", request, waits: true);

    // Without the customer: what is to be erased does not belong into a log.
    [LoggerMessage(
        2004, LogLevel.Warning,
        "A privacy request ({Kind}, store {Store}, source {Source}) waits to be fulfilled by {Due:yyyy-MM-dd}. See "
            + "/api/v1/privacy-requests.")]
    private partial void LogWaiting(PrivacyRequestKind kind, StoreId store, string source, DateTime due);
}
