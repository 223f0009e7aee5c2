// Functional style: static rules, records all the way, pattern matching, nothing injected.
using System.Collections.Immutable;
using Nagare;

namespace Chess;

[EventFamily("game")]
public abstract partial record GameEvent
{
    [Event("opened")] public sealed record Opened(string White, string Black, TimeSpan Each) : GameEvent;
    [Event("moved")] public sealed record Moved(Square From, Square To, Piece? Promoted = null, TimeSpan Took = default) : GameEvent;
    [Event("ended")] public sealed record Ended(Outcome Outcome, ImmutableArray<Square> Last) : GameEvent;
}

public readonly record struct Square(char File, int Rank)
{
    public override string ToString() => $"{File}{Rank}";
}

public enum Piece { Queen, Rook, Bishop, Knight }

[Flags]
public enum Outcome { Open = 0, White = 1, Black = 2, Draw = White | Black }

[Explainer]
public sealed class GameExplainer : IEventExplainer<GameEvent>
{
    public Explanation Explain(GameEvent e) => e switch
    {
        GameEvent.Opened opened => new($"{opened.White} plays {opened.Black}"),
        GameEvent.Moved { Promoted: { } piece } moved => new($"{moved.From} to {moved.To}", $"becomes a {piece}"),
        GameEvent.Moved moved => new($"{moved.From} to {moved.To}"),
        GameEvent.Ended ended => new(ended.Outcome switch { Outcome.Draw => "A draw", var won => $"{won} wins" }),
        _ => new("Something happened"),
    };
}

[Aggregate]
public sealed partial record Game : IAggregate<Game, GameEvent>
{
    private static readonly ImmutableHashSet<Square> Corners = [new('a', 1), new('h', 8)];

    public ImmutableStack<Square> Played { get; init; } = [];

    public TimeSpan Left { get; init; }

    public int Turn { get; init; }

    public bool IsOver => Left <= TimeSpan.Zero;

    private Game Apply(GameEvent.Opened e) => this with { Left = e.Each };

    private Game Apply(GameEvent.Moved e) => (this with { Turn = Turn + 1, Played = Played.Push(e.To) }).Tick(e.Took);

    private Game Apply(GameEvent.Ended e) => this with { Left = TimeSpan.Zero };

    private Game Tick(TimeSpan took) => this with { Left = Left - took };

    private Decision<GameEvent> Decide(Move command, DecisionContext context) => this switch
    {
        { IsOver: true } => Reject("over", "The game is over."),
        _ when command.From == command.To => Ignore(),
        { Turn: > 200 } => Persist(new GameEvent.Moved(command.From, command.To), new GameEvent.Ended(Outcome.Draw, [.. Played.Take(3)])),
        _ => Persist(new GameEvent.Moved(command.From, command.To, Took: context.Now - command.Since)),
    };
}

public sealed record Move(Square From, Square To, DateTimeOffset Since) : ICommand<Game>;

public static class GameRules
{
    [Invariant("game-time-is-kept", "Nobody plays after the time is up.", Monotone = true)]
    public static InvariantResult TimeIsKept(Game game) => InvariantResult.Check(!game.IsOver || game.Turn < 1_000, $"turn {game.Turn}");

    [Invariant("game-no-null-move", "A move goes somewhere.")]
    public static InvariantResult NoNullMove(GameEvent.Moved e) => InvariantResult.Check(e.From != e.To, $"{e.From}");
}

[EventModel]
public sealed partial class ChessModel;
