using System.Text.Json;
using ClvOrleans.Reliability.Tests.Models;

namespace ClvOrleans.Reliability.Tests.Jobs;

/// <summary>A service that ends while it trains.</summary>
public sealed class EndedTrainingTests
{
    // One that is asked to end hands the training over.
    public static TheoryData<bool, int> Ends => new(Sizes.Of<(bool, int)[]>([(true, 1)], [(true, 1), (false, 0)]));

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task The_next_start_finishes_the_training_by_itself_and_once(bool isKilled, int losses)
    {
        var folder = Service.NewFolder();
        await using (var first = await Service.ServeAsync(folder))
        {
            await TrainedStore.SendAsync(first.Client);
            var begun = await first.Client.PostAsync("api/v1/models/train", []);
            Assert.Equal((202, "training-1"), (begun.Status, begun.Json.GetProperty("id").GetString()));
            await UntilAsync(first.Client, job => job.GetProperty("progress").GetDouble() > 0);
            if (isKilled)
            {
                await first.KillAsync();
            }
            else
            {
                Assert.Equal(0, await first.TerminateAsync());
            }
        }

        await using var second = await Service.ServeAsync(folder);
        Assert.Equal("prior", await TrainedStore.ModelAsync(second.Client));
        var ended = await UntilAsync(second.Client, job => job.GetProperty("endedAt").ValueKind != JsonValueKind.Null);
        Assert.Equal(("Succeeded", losses), (ended.GetProperty("state").GetString(), ended.GetProperty("losses").GetInt32()));
        var champion = ended.GetProperty("result").GetProperty("champion").GetString();
        Assert.Equal(champion, await TrainedStore.ModelAsync(second.Client));
        var trainings = (await second.Client.GetAsync("api/v1/models/trainings")).Json.GetProperty("trainings").EnumerateArray();
        var training = Assert.Single(trainings);
        Assert.Equal(1, training.GetProperty("number").GetInt32());
        Assert.Equal(("Trained", champion), (training.GetProperty("outcome").GetString(), training.GetProperty("champion").GetString()));
        Assert.Single((await second.Client.GetAsync("api/v1/models/history")).Json.GetProperty("promotions").EnumerateArray());
        Assert.Equal(0, await second.TerminateAsync());
    }

    private static async Task<JsonElement> UntilAsync(Client client, Func<JsonElement, bool> isReached)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            var answer = await client.GetAsync("api/v1/jobs/training-1");
            Assert.True(answer.Status == 200, answer.ToString());
            if (isReached(answer.Json))
            {
                return answer.Json;
            }

            await Task.Delay(20, limit.Token);
        }
    }
}
