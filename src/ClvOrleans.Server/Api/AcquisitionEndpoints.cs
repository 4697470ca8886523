using System.ComponentModel;
using ClvOrleans.Server.Api.Replies;
using ClvOrleans.Server.Http;
using ClvOrleans.Server.Stores;

namespace ClvOrleans.Server.Api;

/// <summary>What the next customers are worth.</summary>
internal static class AcquisitionEndpoints
{
    public static void MapAcquisition(this IEndpointRouteBuilder api) =>
        api.MapGet("/acquisition", FindAsync).Answers<AcquisitionReply>(400, 409).WithTags("Segments")
            .WithSummary("What a customer who is not here yet is worth, by channel or first product")
            .WithDescription(
                "For acquisition bids: the first purchase, and what follows within the store's horizon, with an 80 % interval of that "
                + "expectation. Groups of few customers are drawn towards the store's mean.");

    private static async Task<IResult> FindAsync(
        [Description("channel: source and medium of the first campaign. product: of the first order, the product on which most was spent. "
            + "Default channel.")]
        string? by,
        AcquisitionReports reports, CancellationToken cancellation)
    {
        var report = by switch
        {
            null or "channel" => await reports.FindAsync("channel", c => c.AcquisitionChannel, cancellation),
            "product" => await reports.FindAsync("product", c => c.FirstProduct, cancellation),
            _ => throw new QueryException("by", $"'{by}' is not channel or product"),
        };
        return report is null
            ? ApiErrors.Problem(
                StatusCodes.Status409Conflict, "report_runs", "Another such report is being made; ask again when it has ended.")
            : Results.Ok(report);
    }
}
