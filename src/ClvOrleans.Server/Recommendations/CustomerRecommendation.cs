using ClvOrleans.Domain.Customers;
using ClvOrleans.Grains.Recommendations;
using ClvOrleans.Recommendations.Models;
using ClvOrleans.Recommendations.Ranking;
using ClvOrleans.Storage.CustomerRows;
using ClvOrleans.Valuation.Segments;

namespace ClvOrleans.Server.Recommendations;

/// <summary>What to recommend to a customer, with what it rests on.</summary>
/// <param name="Customer">Who it is.</param>
/// <param name="Revision">The number of their events; 0 where nothing is known.</param>
/// <param name="Day">The local day.</param>
/// <param name="Version">The version of the model; null where none was trained.</param>
/// <param name="Tier">The customer's value tier; null before the first purchase.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Model">The model.</param>
/// <param name="Shelf">What can be sold.</param>
/// <param name="Row">The customer's row; null where nothing is known.</param>
/// <param name="Lists">The products.</param>
internal sealed record CustomerRecommendation(
    CustomerId Customer, long Revision, DateOnly Day, string? Version, ValueTier? Tier, RecommendationRequest Request,
    RecommendationModel Model, StoreShelf Shelf, CustomerRow? Row, RecommendationLists Lists);
