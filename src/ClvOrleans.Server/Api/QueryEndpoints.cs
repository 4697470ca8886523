using System.Globalization;
using ClvOrleans.Contracts;
using ClvOrleans.Grains.Estimates;
using ClvOrleans.Grains.Market;
using ClvOrleans.Model.Currencies;
using ClvOrleans.Model.Customers;
using ClvOrleans.Model.Estimates;
using ClvOrleans.Model.Journal;
using ClvOrleans.Model.Segments;
using ClvOrleans.Server.Hosting;

namespace ClvOrleans.Server.Api;

/// <summary>What marketing, storefronts and analysts read.</summary>
internal static class QueryEndpoints
{
    public static void MapQueries(this WebApplication app)
    {
        app.MapGet("/api/customers/{id}/clv", ClvAsync);
        app.MapGet("/api/customers/{id}", ProfileAsync);
        app.MapGet("/api/customers", ListAsync);
        app.MapGet("/api/segments", async (OneStore store, IGrainFactory grains) =>
        {
            var report = await grains.GetSegments(store.Settings.Id).ReportAsync();
            return new { report.At, Currency = store.Settings.Currency.Code, Segments = report.Rows.Select(r => RowOf(r, store)) };
        });
        app.MapGet("/api/segments/{name}", async (string name, OneStore store, IGrainFactory grains) =>
        {
            var report = await grains.GetSegments(store.Settings.Id).ReportAsync();
            var rows = report.Rows.Where(r => r.Name == name || SegmentNames.Format(r.Lifecycle) == name).ToList();
            return rows.Count > 0
                ? Results.Ok(new { report.At, Segments = rows.Select(r => RowOf(r, store)) })
                : SegmentNames.TryParse(name, out _, out _)
                    ? Results.Ok(new { report.At, Segments = Array.Empty<object>() })
                    : ApiErrors.Problem(404, "unknown_segment", $"There is no segment '{name}'.");
        });
    }

    private static async Task<IResult> ClvAsync(
        PathId customer, string? horizon, string? asOf, string? model, OneStore store, IGrainFactory grains, IChampions champions,
        IModelRegistry registry, MarketCache markets, TimeProvider time)
    {
        var settings = store.Settings;
        var ahead = settings.Horizon;
        if (horizon is not null && !Horizon.TryParse(horizon, out ahead))
        {
            return ApiErrors.Problem(400, "invalid_horizon", $"horizon '{horizon}' is not 1 to 3,650 days, such as 90d, 12w, 6m or 1y.");
        }

        if (!TryReadDay(asOf, out var day))
        {
            return ApiErrors.Problem(400, "invalid_as_of", $"asOf '{asOf}' is not a date such as 2026-01-31.");
        }

        if (await FindAsync(customer.Value, day, settings.Id, grains) is not { } found)
        {
            return ApiErrors.Problem(404, "unknown_customer", $"There is no customer '{customer.Value}'.");
        }

        var value = champions.Find(settings.Id).Model;
        if (model is not null && model != value.Version.Id)
        {
            var version = (await registry.ListAsync(settings.Id)).FirstOrDefault(v => v.Id == model || v.Family == model);
            if (version is null)
            {
                return ApiErrors.Problem(404, "unknown_model", $"There is no model '{model}'.");
            }

            value = new BuyTillYouDieModel(version);
        }

        var on = day ?? settings.DayOf(time.GetUtcNow());
        var market = await markets.OfAsync(settings.Id);
        var estimate = value.Forecast(found.View.Summary, market, settings, on, ahead);
        var atHorizonOfReports = value.Estimate(found.View.Summary, market, settings, on, settings.Horizon);
        var report = await grains.GetSegments(settings.Id).ReportAsync();
        var lifecycle = LifecycleRule.Of(found.View.Summary, atHorizonOfReports);
        var tier = lifecycle == Lifecycle.Prospect ? (ValueTier?)null : report.Thresholds.TierOf(ValueBucket.Of(atHorizonOfReports.Value));
        return Results.Ok(new
        {
            Customer = found.Id.Id,
            Currency = settings.Currency.Code,
            Historic = new { Net = Major(found.View.Summary.Net), Margin = Major(found.View.Summary.MarginAt(settings.MarginBasisPoints)), found.View.Summary.Orders },
            Predicted = new
            {
                Value = Major(estimate.Value),
                Margin = Major(estimate.Margin),
                Interval = new { Lower = Major(estimate.Interval.Lower), Upper = Major(estimate.Interval.Upper), estimate.Interval.Level },
                estimate.ExpectedOrders,
                estimate.ProbabilityAlive,
                estimate.ChurnProbability,
                estimate.ProbabilityOfNoOrder,
                NextOrderInDays = estimate.NextOrder,
            },
            Segment = SegmentNames.Format(lifecycle, tier),
            estimate.HorizonDays,
            estimate.AsOf,
            estimate.ModelVersion,
            estimate.Basis,
            found.View.Revision,
        });

        decimal Major(Money money) => settings.Currency.ToMajor(money);
    }

    private static async Task<IResult> ProfileAsync(
        PathId customer, OneStore store, IGrainFactory grains, IJournal journal, MarketCache markets, TimeProvider time)
    {
        var settings = store.Settings;
        if (await FindAsync(customer.Value, null, settings.Id, grains) is not { } found)
        {
            return ApiErrors.Problem(404, "unknown_customer", $"There is no customer '{customer.Value}'.");
        }

        var market = await markets.OfAsync(settings.Id);
        return Results.Ok(new
        {
            Customer = found.Id.Id,
            found.Id.Kind,
            found.View.Revision,
            found.View.Traits,
            found.View.Campaign,
            Identities = (await journal.FindIdentitiesAsync(found.Id)).Select(i => i.ToText()),
            Features = found.View.Summary,
            Market = market.At(settings.DayOf(time.GetUtcNow())),
            LastEvents = (await journal.ReadLastAsync(found.Id, 20)).Select(e => new { e.Sequence, e.Event.At, e.Event.Kind, e.Event.Name, e.Event.OrderId, e.Event.Order?.Value }),
        });
    }

    private static async Task<IResult> ListAsync(
        string? segment, string? sort, string? cursor, int? limit, OneStore store, IGrainFactory grains, ICustomerHeads heads)
    {
        var (from, below) = (0, int.MaxValue);
        Lifecycle? lifecycle = null;
        if (segment is not null)
        {
            if (!SegmentNames.TryParse(segment, out var parsed, out var tier))
            {
                return ApiErrors.Problem(404, "unknown_segment", $"There is no segment '{segment}'.");
            }

            lifecycle = parsed;
            if (tier is { } t)
            {
                (from, below) = (await grains.GetSegments(store.Settings.Id).ReportAsync()).Thresholds.BucketsOf(t);
            }
        }

        var by = HeadSort.Predicted;
        if (sort is not null && (!Enum.TryParse(sort, true, out by) || !Enum.IsDefined(by)))
        {
            return ApiErrors.Problem(400, "invalid_sort", "sort is predicted, historic, atRisk or lastSeen.");
        }

        if (!Cursor.TryRead(cursor, out var after))
        {
            return ApiErrors.Problem(400, "invalid_cursor", "cursor is not one that this service gave.");
        }

        var page = await heads.QueryAsync(new HeadQuery(store.Settings.Id, lifecycle, from, below, by, Math.Clamp(limit ?? 50, 1, 1_000), after));
        return Results.Ok(new
        {
            Customers = page.Heads.Select(h => new
            {
                Customer = h.Id.Id,
                h.Id.Kind,
                Lifecycle = SegmentNames.Format(h.Contribution.Cell!.Value.Lifecycle),
                Historic = store.Settings.Currency.ToMajor(h.Contribution.Sums.Historic),
                Predicted = store.Settings.Currency.ToMajor(h.Contribution.Sums.Predicted),
                AtRisk = store.Settings.Currency.ToMajor(h.Contribution.Sums.AtRisk),
                ProbabilityAlive = h.Contribution.Sums.Alive / 1e6,
                h.Summary.LastSeen,
                EstimatedOn = h.Contribution.EstimatedOn,
            }),
            Next = Cursor.Write(page.Next),
        });
    }

    private static object RowOf(SegmentRow row, OneStore store)
    {
        var (s, currency) = (row.Sums, store.Settings.Currency);
        return new
        {
            row.Name,
            s.Customers,
            HistoricValue = currency.ToMajor(s.Historic),
            HistoricMargin = currency.ToMajor(s.HistoricMargin),
            PredictedValue = currency.ToMajor(s.Predicted),
            ExpectedOrders = s.ExpectedOrders / 1e6m,
            AverageOrderValue = s.Orders == 0 ? 0 : decimal.Round(currency.ToMajor(s.Gross) / s.Orders, currency.Decimals),
            ValueAtRisk = currency.ToMajor(s.AtRisk),
            AverageProbabilityAlive = s.Customers == 0 ? 0 : s.Alive / 1e6 / s.Customers,
        };
    }

    private static bool TryReadDay(string? text, out DateOnly? day)
    {
        day = null;
        if (text is null)
        {
            return true;
        }

        var read = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value);
        day = value;
        return read;
    }

    // A customer by user id, else a visitor by anonymous id; whoever either has become.
    private static async Task<(CustomerId Id, CustomerView View)?> FindAsync(string id, DateOnly? asOf, StoreId store, IGrainFactory grains)
    {
        if (id.Length > CustomerId.MaxLength)
        {
            return null;
        }

        foreach (var start in (CustomerId[])[CustomerId.OfUser(store, id), CustomerId.OfVisitor(store, id)])
        {
            var (customer, view) = (start, await grains.GetCustomer(start).LookAsync(asOf));
            while (view.MovedTo is { } next)
            {
                (customer, view) = (next, await grains.GetCustomer(next).LookAsync(asOf));
            }

            if (view.Revision > 0)
            {
                return (customer, view);
            }
        }

        return null;
    }
}
