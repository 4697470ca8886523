using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Market;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Models;
using ClvOrleans.Grains.Segments;
using ClvOrleans.Testing;
using ClvOrleans.Valuation.Estimates;
using ClvOrleans.Valuation.Models;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Grains.Tests.Segments;

/// <summary>Silos with small pages, whose storage can fail, and whose model fails on customers with an order of 13 units.</summary>
public sealed class HardCases : StoreCluster
{
    internal const int Page = 3;

    /// <summary>Faults of the rows alone.</summary>
    public new Faults Faults { get; } = new();

    /// <summary>Whether the model fails where it should.</summary>
    public bool ModelFails { get; set; }

    protected override void Configure(IServiceCollection services)
    {
        services.Configure<ShardOptions>(o => o.Page = Page);
        services.AddSingleton(Faults.Wrap(Rows));
        services.AddSingleton<IChampions>(s => new Superstitious(s.GetRequiredService<ChampionHost>(), this));
    }

    private sealed class Superstitious(ChampionHost host, HardCases cases) : IChampions
    {
        public ChampionModel Find(StoreId store) => host.Find(store) is var known && cases.ModelFails
            ? known with { Model = new Model(known.Model) }
            : known;
    }

    private sealed class Model(IValueModel model) : IValueModel
    {
        public ModelVersion Version => model.Version;

        public Estimate Estimate(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon) =>
            customer.Gross.Minor == 13
                ? throw new ArithmeticException("Thirteen.")
                : model.Estimate(customer, market, store, asOf, horizon);

        public Estimate Forecast(CustomerSummary customer, MarketCalendar market, StoreSettings store, DateOnly asOf, Horizon horizon) =>
            model.Forecast(customer, market, store, asOf, horizon);
    }
}
