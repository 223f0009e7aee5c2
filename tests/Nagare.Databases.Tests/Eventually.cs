namespace Nagare.Databases.Tests;

/// <summary>Waits for what a server comes to by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks again until the answer is yes, and fails with the complaint where it never is.</summary>
    public static async Task Is(Func<Task<bool>> ask, string complaint)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (!await ask())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, complaint);
            await Task.Delay(BetweenQuestions);
        }
    }
}
