using Nagare.Storage;

namespace Nagare.SqlServer.Tests;

/// <summary>What an error of the server means for an append.</summary>
public class ErrorTests
{
    [Theory]
    [InlineData(2627, 14, ServerFailureKind.KeyViolated)]
    [InlineData(2601, 14, ServerFailureKind.KeyViolated)]
    [InlineData(59001, 16, ServerFailureKind.KeyViolated)]
    [InlineData(1222, 16, ServerFailureKind.Busy)]
    [InlineData(59004, 16, ServerFailureKind.Busy)]
    [InlineData(1205, 13, ServerFailureKind.NotNow)]
    [InlineData(3960, 16, ServerFailureKind.NotNow)]
    [InlineData(-2, 11, ServerFailureKind.Transient)]
    [InlineData(-1, 20, ServerFailureKind.Transient)]
    [InlineData(10054, 20, ServerFailureKind.Transient)]
    [InlineData(596, 21, ServerFailureKind.Transient)]
    [InlineData(6005, 14, ServerFailureKind.Transient)]
    [InlineData(3989, 16, ServerFailureKind.Transient)]
    [InlineData(40613, 17, ServerFailureKind.Transient)]
    [InlineData(10928, 16, ServerFailureKind.Transient)]
    [InlineData(49918, 16, ServerFailureKind.Transient)]
    [InlineData(823, 24, ServerFailureKind.Transient)]
    [InlineData(4060, 11, ServerFailureKind.Unavailable)]
    [InlineData(18456, 14, ServerFailureKind.Unavailable)]
    [InlineData(229, 14, ServerFailureKind.Unavailable)]
    [InlineData(208, 16, ServerFailureKind.Unavailable)]
    [InlineData(9002, 17, ServerFailureKind.Unavailable)]
    [InlineData(1105, 17, ServerFailureKind.Unavailable)]
    [InlineData(40544, 17, ServerFailureKind.Unavailable)]
    [InlineData(3906, 16, ServerFailureKind.NotNow)]
    [InlineData(17809, 16, ServerFailureKind.NotNow)]
    [InlineData(59002, 16, ServerFailureKind.Unavailable)]
    [InlineData(8134, 16, ServerFailureKind.Unavailable)]
    public void An_error_number_says_what_kind_of_failure_it_is(int number, byte severity, ServerFailureKind kind)
    {
        var failure = SqlServerErrors.Classify(number, severity, "");
        Assert.Equal(kind, failure.Kind);
        Assert.Equal($"{number}", failure.Code);
    }

    [Theory]
    [InlineData(4060, 11, "create it first")]
    [InlineData(18456, 14, "password")]
    [InlineData(229, 14, "GrantScript")]
    [InlineData(208, 16, "CheckSchema")]
    [InlineData(9002, 17, "log is full")]
    [InlineData(1105, 17, "make room")]
    [InlineData(3906, 16, "takes no writes")]
    [InlineData(-2, 11, "CommandTimeout")]
    [InlineData(59002, 16, "triggers")]
    [InlineData(10054, 20, "network")]
    public void What_a_person_can_mend_is_said_with_what_to_do(int number, byte severity, string advice) =>
        Assert.Contains(advice, SqlServerErrors.Classify(number, severity, "").Advice, StringComparison.Ordinal);

    // As Babelfish 4.3 words what it has no number for.
    [Theory]
    [InlineData("canceling statement due to lock timeout", ServerFailureKind.Busy)]
    [InlineData("could not serialize access due to concurrent update", ServerFailureKind.NotNow)]
    [InlineData("sorry, too many clients already", ServerFailureKind.NotNow)]
    [InlineData("terminating connection due to administrator command", ServerFailureKind.Transient)]
    [InlineData("the database system is starting up", ServerFailureKind.Transient)]
    [InlineData("permission denied for table nagare_events", ServerFailureKind.Unavailable)]
    [InlineData("could not extend file: No space left on device", ServerFailureKind.Unavailable)]
    [InlineData("something else", ServerFailureKind.Unavailable)]
    public void What_Babelfish_has_no_number_for_is_told_by_its_words(string message, ServerFailureKind kind)
    {
        var failure = SqlServerErrors.Classify(33557097, 16, message);
        Assert.Equal((kind, "33557097"), (failure.Kind, failure.Code));
    }
}
