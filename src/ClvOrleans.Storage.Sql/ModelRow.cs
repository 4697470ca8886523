using System.Text.Json;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Valuation;
using ClvOrleans.Valuation.Models;

namespace ClvOrleans.Storage.Sql;

/// <summary>A version of a model as its row holds it: written down before the transaction.</summary>
internal sealed class ModelRow(ModelVersion version)
{
    private readonly byte[] _payload = JsonSerializer.SerializeToUtf8Bytes(version, ValuationJson.Default.ModelVersion);
    private readonly byte[]? _body = version.Body.IsEmpty ? null : version.Body.ToArray();

    /// <summary>Adds it. <exception cref="InvalidOperationException">The store has one of this id.</exception></summary>
    public async ValueTask AddAsync(ISqlSession session, StoreId store)
    {
        var added = await session.RunAsync(
            "INSERT INTO models (store, id, payload, body) VALUES ($store, $id, $payload, $body) ON CONFLICT DO NOTHING",
            ("$store", store.Value), ("$id", version.Id), ("$payload", _payload), ("$body", _body));
        if (added == 0)
        {
            throw new InvalidOperationException($"The store already has a model '{version.Id}'.");
        }
    }
}
