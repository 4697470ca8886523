using ClvOrleans.Domain.Customers;
using ClvOrleans.Domain.Stores;
using ClvOrleans.Grains.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace ClvOrleans.Grains.Tests;

/// <summary>Silos whose whole machine has its clock put back: those who come after it are recorded all the same.</summary>
public sealed class SteadyTimeTests(SteadyTimeTests.Machine machine) : IClassFixture<SteadyTimeTests.Machine>
{
    private readonly StoreId _store = machine.NewStore();

    [Theory]
    [InlineData("-00:10:00")]
    [InlineData("-00:20:00")]
    [InlineData("-02:00:00")]
    [InlineData("-3650.00:00:00")]
    [InlineData("3650.00:00:00")]
    public async Task Customers_who_are_new_after_a_jump_of_the_clock_are_recorded(string jump)
    {
        machine.Clock.Offset = TimeSpan.Zero;
        Assert.Equal(OutcomeKind.Recorded, await RecordAsync("before" + jump));
        machine.Clock.Offset = TimeSpan.Parse(jump, null);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(OutcomeKind.Recorded, await RecordAsync($"after{jump}-{i}"));
        }
    }

    private async Task<OutcomeKind> RecordAsync(string customer) =>
        (await machine.Router(customer.Length % 2).RecordAsync([Sent.Page(CustomerId.OfUser(_store, customer), "page")]))[0].Kind;

    /// <summary>Real time, but that the clock on the wall can be moved; all areas of the silo see it.</summary>
    public sealed class WallClock : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
    }

    public sealed class Machine : StoreCluster
    {
        public WallClock Clock { get; } = new();

        protected override void Configure(IServiceCollection services) => services.AddSteadyTime(Clock);
    }
}
